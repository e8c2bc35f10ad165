import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, type TextDocument, Uri, workspace } from "vscode";
import { markAsDraft, readDraft } from "../../../src/imaging/draftFile.ts";
import { greyPng } from "../../support/greyPng.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { rejectionMessage } from "../support/commands.ts";
import { formatAndSize, freshFolder, uriInWorkspace } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";
import { chooseAction, titlesAt } from "../support/lightBulb.ts";
import { registerMemoryFiles } from "../support/memoryFiles.ts";
import { notebookWith, openFirstCell } from "../support/notebooks.ts";
import { freshPrompt } from "../support/panel.ts";
import { enterUntilDone, runUntilInput } from "../support/quickInput.ts";
import { recordRequests } from "../support/testService.ts";

const draftIn = async (path: string) => readDraft(await readFile(path));

/** Chooses the free draft on the light bulb at a text of the document. */
const makeDraftAt = (document: TextDocument, text: string) => chooseAction(document, text, "Make a Free Draft");

describe("A draft", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is made and rendered in the workspace folder of its document, whose lines end as on Windows", async () => {
    const folder = await mkdtemp(join(tmpdir(), "limn-second-"));
    const count = workspace.workspaceFolders?.length ?? 0;
    await changeFolders(count, 0, Uri.file(folder));
    try {
      const prompt = freshPrompt();
      const page = join(folder, "page.html");
      await writeFile(page, `<p>\r\n  <img\r\n    src="img/hut.png"\r\n    alt="${prompt}">\r\n</p>\r\n`);
      const document = await workspace.openTextDocument(page);
      await makeDraftAt(document, "hut.png");
      const image = join(folder, "img/hut.png");
      assert.equal((await draftIn(image))?.prompt, prompt);
      assert.deepEqual(await titlesAt(document, "hut.png"), []);
      await enterUntilDone(await runUntilInput("limn.renderDrafts", Uri.file(folder)));
      assert.equal(await draftIn(image), undefined);
      assert.match(formatAndSize(await readFile(image)), /^png \d{4}x\d{4}$/);
      await commands.executeCommand("limn.undoReplace");
      assert.equal((await draftIn(image))?.prompt, prompt);
      assert.deepEqual(await readdir(folder), ["img", "page.html"]);
    } finally {
      await changeFolders(count, 1);
      await rm(folder, { recursive: true });
    }
  });

  it("is made beside a notebook, from the light bulb of a Markdown cell", async () => {
    const folder = freshFolder();
    await write(`${folder}/book.ipynb`, notebookWith("![A red hut](images/hut.png)"));
    const document = await openFirstCell(`${folder}/book.ipynb`);
    await makeDraftAt(document, "hut.png");
    const { fsPath } = uriInWorkspace(`${folder}/images/hut.png`);
    assert.equal((await draftIn(fsPath))?.prompt, "A red hut");
    assert.deepEqual(await titlesAt(document, "hut.png"), []);
  });

  it("is neither made nor rendered in a folder that is read-only", async () => {
    const draft = markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model: "klingai:kling-image@3" });
    const page = Buffer.from('<img src="hut.png" alt="A hut">\n');
    const files = registerMemoryFiles("limn-locked", { "/page.html": page, "/draft.png": draft }, { isReadonly: true });
    const root = Uri.from({ scheme: "limn-locked", path: "/" });
    const count = workspace.workspaceFolders?.length ?? 0;
    await changeFolders(count, 0, root);
    try {
      const document = await workspace.openTextDocument(Uri.joinPath(root, "page.html"));
      assert.match(await rejectionMessage(makeDraftAt(document, "hut.png")), /is read-only\. Choose another folder\./);
      const sent = recordRequests();
      // It ends without a list.
      await commands.executeCommand("limn.renderDrafts", Uri.joinPath(root, "draft.png"));
      assert.deepEqual([files.paths(), sent.requests().length], [["/draft.png", "/page.html"], 0]);
    } finally {
      await changeFolders(count, 1);
      files.dispose();
    }
  });
});
