import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { commands, env, Position, Selection, type Uri, window, workspace } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, freshFolder, uriInWorkspace } from "../support/files.ts";
import { down, enter, runUntilInput } from "../support/quickInput.ts";

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><path d="M0,0h8v4h-1v-3h-6v2h-1v-3h2v1h1v2h3v-2h-1v1"/></svg>';

/** A new folder with a small image, a large one and a drawing. */
async function images() {
  const folder = freshFolder();
  const uri = (name: string): Uri => uriInWorkspace(`${folder}/${name}`);
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  await writeFile(uri("dot.png").fsPath, greyPng(8, 4, 99));
  // Larger than 8 kB, whatever its pixels compress to.
  await writeFile(uri("large.png").fsPath, Buffer.concat([greyPng(8, 4, 99), Buffer.alloc(9000)]));
  await writeFile(uri("mark.svg").fsPath, svg);
  return uri;
}

async function openAtStart(uri: Uri, text: string) {
  await writeFile(uri.fsPath, text);
  const start = new Position(0, 0);
  return window.showTextDocument(await workspace.openTextDocument(uri), { selection: new Selection(start, start) });
}

const insert = (uri: Uri) => commands.executeCommand("limn.insertDataUri", uri, [uri]);

const dataUri = async (uri: Uri) => `data:image/png;base64,${Buffer.from(await bytesOf(uri)).toString("base64")}`;

describe("images as text", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    while (window.activeTextEditor?.document.isDirty) {
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("inserts a small image into the open document as a link that contains it", async () => {
    const uri = await images();
    const { document } = await openAtStart(uri("page.md"), "\n");
    await insert(uri("dot.png"));
    assert.equal(document.getText(), `![dot](${await dataUri(uri("dot.png"))})\n`);
  });

  it("inserts a drawing in its shortest form, with its size", async () => {
    const uri = await images();
    const { document } = await openAtStart(uri("page.html"), "\n");
    await insert(uri("mark.svg"));
    const [, text = "", rest] = /^<img src="data:image\/svg\+xml,([^"]*)"(.*)\n$/.exec(document.getText()) ?? [];
    assert.equal(decodeURIComponent(text), svg);
    assert.equal(rest, ' alt="mark" width="8" height="4">');
  });

  it("leaves the document as it is if the image is too large", async () => {
    const uri = await images();
    const { document } = await openAtStart(uri("page.html"), "\n");
    await insert(uri("large.png"));
    assert.equal(document.getText(), "\n");
  });

  it("leaves a LaTeX document as it is, since it cannot show data URIs", async () => {
    const uri = await images();
    const { document } = await openAtStart(uri("page.tex"), "\n");
    assert.equal(document.languageId, "latex");
    await insert(uri("dot.png"));
    assert.equal(document.getText(), "\n");
  });

  it("copies no text of an image that is too large for one", async () => {
    const uri = await images();
    const huge = uri("huge.png");
    await writeFile(huge.fsPath, Buffer.concat([greyPng(8, 4, 99), Buffer.alloc(1_000_001)]));
    await env.clipboard.writeText("before");
    const { done } = await runUntilInput("limn.copyImageAs", huge, [huge]);
    await down();
    await enter();
    await done;
    assert.equal(await env.clipboard.readText(), "before");
  });

  it("leaves the focus where it is when the user closes the tab that would copy an image", async () => {
    const uri = await images();
    await commands.executeCommand("revealInExplorer", uri("dot.png"));
    // The Explorer does not select a document without a file.
    const { uri: document } = await workspace.openTextDocument({ content: "" });
    await window.showTextDocument(document);
    const { done } = await runUntilInput("limn.copyImageAs", uri("dot.png"), [uri("dot.png")]);
    await enter();
    const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs);
    const tab = await waitUntil("the tab is open", async () => tabs().find(({ label }) => label === "Copy dot.png"));
    await window.tabGroups.close(tab);
    await done;
    // It copies the path of the file that has the focus: in the Explorer, that is the image.
    await commands.executeCommand("copyFilePath");
    await waitUntil("the document has the focus", async () => (await env.clipboard.readText()) === document.path);
  });

  it("copies images in the form that the user chooses", async () => {
    const uri = await images();
    const files = [uri("dot.png"), uri("large.png")];
    const { done } = await runUntilInput("limn.copyImageAs", files[0], files);
    for (let pressed = 0; pressed < 3; pressed++) {
      await down();
    }
    await enter();
    await done;
    const expected = (await Promise.all(files.map(dataUri))).join("\n");
    await waitUntil("the texts are copied", async () => (await env.clipboard.readText()) === expected);
  });
});
