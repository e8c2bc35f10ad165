import assert from "node:assert/strict";
import { commands, type TextDocument, window, workspace } from "vscode";
import type { DraftFields } from "../../../src/protocol.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, formatAndSize, freshFolder, uriInWorkspace } from "../support/files.ts";
import { hoverAt } from "../support/hovers.ts";
import { imageDocuments, write } from "../support/imageDocuments.ts";
import { actionsAt, titlesAt, titlesOf } from "../support/lightBulb.ts";
import { draftOf, firstPicture, freshPrompt, send, snapshot, waitForEnd } from "../support/panel.ts";

/** The Markdown cell of a notebook. */
const cell = { cell_type: "markdown", metadata: {}, source: ["![A red hut](images/hero.png)"] };
const notebook = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
const notebookName = "book.ipynb";

/** Opens a document, or the first cell of a notebook for editing: others have no light bulb. */
async function open(path: string): Promise<TextDocument> {
  const uri = uriInWorkspace(path);
  if (!path.endsWith(notebookName)) {
    return workspace.openTextDocument(uri);
  }
  const book = await workspace.openNotebookDocument(uri);
  await window.showNotebookDocument(book);
  await commands.executeCommand("notebook.focusTop");
  await commands.executeCommand("notebook.cell.edit");
  const { document } = book.cellAt(0);
  await waitUntil("the cell is edited", () =>
    actionsAt(document, "hero.png").then(
      () => true,
      () => false,
    ),
  );
  return document;
}

/** The request in the panel after the first entry of the light bulb at the link. */
async function requestFromLightBulb(document: TextDocument, path: string): Promise<DraftFields> {
  const actions = await actionsAt(document, "hero.png");
  assert.deepEqual(
    actions.map(({ title }) => title),
    titlesOf(path),
  );
  const [{ command } = assert.fail()] = actions;
  await commands.executeCommand(command?.command ?? "", ...(command?.arguments ?? []));
  return waitUntil("the panel has the request", async () => {
    const { draftUpdate } = await snapshot();
    return draftUpdate?.draft.path === path ? draftUpdate.draft : undefined;
  });
}

describe("A link to a missing image", () => {
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand("workbench.view.explorer");
  });

  it("leads in each language from the light bulb to the picture that it resolves to", async () => {
    const pages = [...imageDocuments, [notebookName, notebook] as const].map(([name, text]) => {
      const folder = freshFolder();
      const pixels = text.includes("1200") ? "1360x768" : "1024x1024";
      return { page: `${folder}/${name}`, text, image: `${folder}/images/hero.png`, pixels, prompt: freshPrompt() };
    });
    for (const { page, text, image, prompt } of pages) {
      await write(page, text);
      const request = await requestFromLightBulb(await open(page), image);
      assert.match(request.prompt ?? "", /hut|hero/i, page);
      await send({ type: "generate", draft: draftOf(prompt, { ...request, prompt }) });
    }
    for (const { page, image, pixels, prompt } of pages) {
      await send({ type: "keep", ...firstPicture(await waitForEnd(prompt)).ref });
      assert.equal(formatAndSize(await bytesOf(uriInWorkspace(image))), `png ${pixels}`, page);
      const document = await open(page);
      assert.deepEqual(await titlesAt(document, "hero.png"), [], page);
      const hover = await hoverAt(document, "hero.png");
      assert.match(hover?.value ?? "", new RegExp(`^${pixels.replace("x", " × ")} · .*PNG$`, "m"), page);
    }
  });
});
