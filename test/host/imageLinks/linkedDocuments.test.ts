import assert from "node:assert/strict";
import { basename } from "node:path";
import { CancellationTokenSource, commands, window, workspace } from "vscode";
import { searchDocuments } from "../../../src/host/imageLinks/linkedDocuments.ts";
import { linkedTextOf } from "../../../src/host/imageLinks/linkedFile.ts";
import { missingImagesOf } from "../../../src/host/missingImages/missingImagesOf.ts";
import { freshFolder } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";

describe("A search for links", () => {
  after(() => commands.executeCommand("workbench.action.closeAllEditors"));

  it("counts documents that fail as unread, open or not, and finds the others", async () => {
    const folder = freshFolder();
    await write(`${folder}/bad.html`, `<img src="${folder}.png" alt="bad">`);
    await write(`${folder}/good.html`, `<img src="${folder}.png">`);
    await window.showTextDocument(await write(`${folder}/open.html`, `<img src="${folder}.png" alt="bad">`));
    const { token } = new CancellationTokenSource();
    const { found, unread } = await searchDocuments(new RegExp(`${folder}\\.png`), token, async ({ uri, text }) => {
      if (text.includes("bad")) throw new Error("A fault of a reader");
      return uri.path.slice(-9);
    });
    assert.deepEqual([found, unread], [["good.html"], 2]);
  });

  it("takes a path with half of a character for none, and finds the images beside it", async () => {
    const folder = freshFolder();
    const code = String.raw`export const images = ["./\ud800.png", "./hut.png"];`;
    const linked = linkedTextOf(await workspace.openTextDocument(await write(`${folder}/images.js`, code)));
    assert.ok(linked);
    const missing = await missingImagesOf(linked);
    assert.deepEqual(
      missing.map(({ file }) => basename(file)),
      ["hut.png"],
    );
  });
});
