import assert from "node:assert/strict";
import { commands, type TextDocument, workspace } from "vscode";
import type { DraftFields } from "../../../src/protocol.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, formatAndSize, freshFolder, uriInWorkspace } from "../support/files.ts";
import { hoverAt } from "../support/hovers.ts";
import { imageDocuments, write } from "../support/imageDocuments.ts";
import { chooseAction, titlesAt, titlesOf, waitForTitles } from "../support/lightBulb.ts";
import { notebookWith, openFirstCell } from "../support/notebooks.ts";
import { draftOf, firstPicture, freshPrompt, send, snapshot, waitForEnd } from "../support/panel.ts";

const notebookName = "book.ipynb";
const notebook = notebookWith("![A red hut](images/hero.png)");

/** Opens a document, or the first cell of a notebook. */
const open = async (path: string): Promise<TextDocument> =>
  path.endsWith(notebookName) ? openFirstCell(path) : workspace.openTextDocument(uriInWorkspace(path));

/** The request in the panel after “Generate” on the light bulb at the link. */
async function requestFromLightBulb(document: TextDocument, path: string): Promise<DraftFields> {
  const titles = titlesOf(path);
  await waitForTitles(document, "hero.png", titles);
  await chooseAction(document, "hero.png", titles[0] ?? "");
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
