import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { commands, env, Position, Range, Selection, type TextDocument, type Uri, window, workspace } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, uriInWorkspace } from "../support/files.ts";
import { firstPicture, freshPrompt, generateAndWait, send } from "../support/panel.ts";
import { down, enter, enterUntilDone, pressEscape, runUntilInput, typeText } from "../support/quickInput.ts";
import { setSetting } from "../support/testService.ts";

/** Writes a text file of the workspace and returns its document. */
async function openText(path: string, text: string): Promise<TextDocument> {
  const uri = uriInWorkspace(path);
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, text);
  return workspace.openTextDocument(uri);
}

/** Shows a document with the cursor at a position. */
async function showAt(document: TextDocument, line: number, character: number) {
  const position = new Position(line, character);
  const editor = await window.showTextDocument(document, { selection: new Selection(position, position) });
  await waitUntil("the cursor is there", async () => editor.selection.active.isEqual(position));
  return editor;
}

/** Writes grey images into a folder of the workspace. */
async function writeImages(folder: string, ...names: readonly string[]): Promise<readonly Uri[]> {
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  const uris = names.map((name) => uriInWorkspace(`${folder}/${name}`));
  await Promise.all(uris.map(({ fsPath }) => writeFile(fsPath, greyPng(80, 60, 9))));
  return uris;
}

/** Runs the command as the Explorer does: with the clicked file, and all that are selected. */
const insertLinkFromExplorer = (files: readonly Uri[]) => commands.executeCommand("limn.insertLink", files[0], files);

const fox = '<img src="fox.png" alt="fox" width="80" height="60">';
const owl = '<img src="owl.png" alt="owl" width="80" height="60">';

describe("Limn: Insert Link", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    while (window.activeTextEditor?.document.isDirty) {
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("inserts a link to a kept picture behind the paragraph of the cursor; the list starts with the newest", async () => {
    const [prompt, folder] = [freshPrompt(), freshFolder()];
    const { ref } = firstPicture(await generateAndWait(prompt, { path: `${folder}/owl` }));
    await send({ type: "keep", ...ref });
    const other = freshPrompt();
    await send({ type: "keep", ...firstPicture(await generateAndWait(other, { path: `${folder}/elk` })).ref });
    const document = await openText(`${folder}/page.md`, "one\n\nHere:\n\nEnd\n");
    await showAt(document, 2, 5);
    await enterUntilDone(await runUntilInput("limn.insertLink"));
    assert.equal(document.getText(), `one\n\nHere:\n\n![${other}](elk.png)\n\nEnd\n`);
  });

  it("lists the other images of the workspace too, but not those of packages", async () => {
    const folder = freshFolder();
    await writeImages(folder, "zebra.png");
    await writeImages(`${folder}/node_modules/stripes`, "zebra.png");
    const document = await openText(`${folder}/page.md`, "\n");
    await showAt(document, 0, 0);
    const { done } = await runUntilInput("limn.insertLink");
    // A package's image would be the first of two.
    await typeText(`${folder}/`);
    await enter();
    await done;
    assert.equal(document.getText(), "![zebra](zebra.png)\n");
  });

  it("inserts a link to the image of the Explorer on its own line, with the document's indentation", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png");
    const document = await openText(`${folder}/page.html`, "<div>\n\t<figure></figure>\n</div>\n");
    await showAt(document, 1, 9);
    await insertLinkFromExplorer(files);
    assert.equal(document.getText(), `<div>\n\t<figure>\n\t\t${fox}\n\t</figure>\n</div>\n`);
    assert.equal(window.activeTextEditor?.document, document);
  });

  it("inserts a link in the language of the file, also without an extension for it", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png");
    const pages = [
      ["page.vue", "<template>\n\n</template>\n", `<template>\n    ${fox}\n</template>\n`],
      ["page.svelte", "<main>\n\n</main>\n", `<main>\n    ${fox}\n</main>\n`],
      ["page.astro", "<main>\n\n</main>\n", `<main>\n    ${fox}\n</main>\n`],
      ["page.mdx", "Huts\n\n", "Huts\n\n![fox](fox.png)\n"],
      ["page.adoc", "== Huts\n\n", '== Huts\n\nimage::fox.png["fox"]\n'],
    ] as const;
    for (const [name, before, after] of pages) {
      const document = await openText(`${folder}/${name}`, before);
      assert.equal(document.languageId, "plaintext");
      await showAt(document, 1, 0);
      await insertLinkFromExplorer(files);
      assert.equal(document.getText(), after);
    }
  });

  it("inserts one link per line for several images, and keeps CRLF", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png", "owl.png");
    const document = await openText(`${folder}/page.html`, "<div>\r\n    \r\n</div>\r\n");
    await showAt(document, 1, 4);
    await insertLinkFromExplorer(files);
    assert.equal(document.getText(), `<div>\r\n    ${fox}\r\n    ${owl}\r\n</div>\r\n`);
  });

  it("inserts the component of the setting with its imports, and is undone in one step", async () => {
    const folder = freshFolder();
    await setSetting("sites", { [folder]: { component: "next/image" } });
    const files = await writeImages(`${folder}/art`, "fox.png");
    const before = "import a from 'a';\n\nexport const Page = () => (\n  <main>\n  </main>\n);\n";
    const document = await openText(`${folder}/page.tsx`, before);
    await showAt(document, 3, 8);
    await insertLinkFromExplorer(files);
    const imports = "import a from 'a';\nimport Image from 'next/image';\nimport foxImage from './art/fox.png';\n";
    const image = '    <Image src={foxImage} alt="fox" width="80" height="60" />\n';
    assert.equal(document.getText(), `${imports}\nexport const Page = () => (\n  <main>\n${image}  </main>\n);\n`);
    await commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("never inserts into a comment, and is undone in one step", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png", "owl.png");
    const before = "<div>\n  <!-- a note -->\n</div>\n";
    const document = await openText(`${folder}/page.html`, before);
    await showAt(document, 1, 9);
    await insertLinkFromExplorer(files);
    assert.equal(document.getText(), `<div>\n  <!-- a note -->\n  ${fox}\n  ${owl}\n</div>\n`);
    await commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("links to the image in the active editor if no file is given", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png");
    const document = await openText(`${folder}/page.html`, "\n");
    await window.showTextDocument(document);
    await commands.executeCommand("vscode.openWith", files[0], "imagePreview.previewEditor", { viewColumn: 2 });
    await waitUntil("the image is active", async () => window.activeTextEditor === undefined);
    await commands.executeCommand("limn.insertLink");
    assert.equal(document.getText(), `${fox}\n`);
    // The focus is in the document, which stays where it is.
    await waitUntil("the document is active", async () => window.activeTextEditor?.document === document);
    assert.equal(window.activeTextEditor?.viewColumn, 1);
  });

  it("inserts into the document that an image was opened in front of", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png");
    const document = await openText(`${folder}/page.html`, "<p>a</p>\n\n<p>b</p>\n");
    await showAt(document, 1, 0);
    await commands.executeCommand("workbench.action.keepEditor");
    await commands.executeCommand("vscode.openWith", files[0], "imagePreview.previewEditor");
    // The output view, which another test may have opened, counts as a visible editor.
    const isVisible = () => window.visibleTextEditors.some((editor) => editor.document === document);
    await waitUntil("the image is in front of the document", async () => !isVisible());
    await insertLinkFromExplorer(files);
    assert.equal(document.getText(), `<p>a</p>\n${fox}\n<p>b</p>\n`);
    assert.equal(window.activeTextEditor?.document, document);
  });

  it("offers to copy the path if no text file is open", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png", "owl.png");
    await env.clipboard.writeText("nothing");
    await insertLinkFromExplorer(files);
    const copied = await waitUntil("the link is copied", async () => {
      await commands.executeCommand("notification.acceptPrimaryAction");
      const text = await env.clipboard.readText();
      return text !== "nothing" && text;
    });
    assert.equal(copied, `${folder}/fox.png\n${folder}/owl.png`);
  });

  it("keeps the scroll position, other cursors and selections", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png");
    const lines = Array.from({ length: 200 }, (_, index) => `<p>Line ${index}</p>`);
    const document = await openText(`${folder}/page.html`, lines.join("\n"));
    const editor = await showAt(document, 100, 0);
    const top = await waitUntil("the editor has scrolled", async () => {
      const [visible] = editor.visibleRanges;
      return visible?.contains(new Position(102, 7)) && visible.start.line;
    });
    editor.selections = [new Selection(100, 0, 100, 0), new Selection(102, 3, 102, 7)];
    await insertLinkFromExplorer(files);
    assert.equal(document.lineAt(100).text, fox);
    await waitUntil("the selections have moved with their text", async () => editor.selections[1]?.start.line === 103);
    assert.equal(document.getText(editor.selections[1]), "Line");
    // VS Code reports scrolling later, so the next report shows where the editor was before it.
    await commands.executeCommand("editorScroll", { to: "down", by: "line", value: 1 });
    const next = await waitUntil("the editor has scrolled on", async () => {
      const line = editor.visibleRanges[0]?.start.line;
      return line !== top && line;
    });
    assert.equal(next, top + 1);
  });

  it("scrolls to the link if it is not in view", async () => {
    const folder = freshFolder();
    const files = await writeImages(folder, "fox.png");
    const lines = Array.from({ length: 200 }, (_, index) => `<p>Line ${index}</p>`);
    const document = await openText(`${folder}/page.html`, lines.join("\n"));
    const editor = await showAt(document, 150, 0);
    editor.revealRange(new Range(0, 0, 0, 0), 3);
    await waitUntil("the editor has scrolled", async () => editor.visibleRanges[0]?.start.line === 0);
    await insertLinkFromExplorer(files);
    await waitUntil("the link is in view", async () =>
      editor.visibleRanges.some((range) => range.contains(new Position(150, 0))),
    );
  });

  describe("near a placeholder", () => {
    const text = "<main>\n  <p>a</p>\n  <!-- hero goes here -->\n</main>\n";

    it("replaces it if the user wants that, in one undo step", async () => {
      const folder = freshFolder();
      const files = await writeImages(folder, "fox.png");
      const document = await openText(`${folder}/page.html`, text);
      await showAt(document, 1, 2);
      const { done } = await runUntilInput("limn.insertLink", files[0], files);
      assert.equal(document.getText(), text);
      await enter();
      await done;
      assert.equal(document.getText(), `<main>\n  <p>a</p>\n  ${fox}\n</main>\n`);
      await commands.executeCommand("undo");
      assert.equal(document.getText(), text);
    });

    it("inserts at the cursor if the user wants that", async () => {
      const folder = freshFolder();
      const files = await writeImages(folder, "fox.png");
      const document = await openText(`${folder}/page.html`, text);
      await showAt(document, 1, 2);
      const { done } = await runUntilInput("limn.insertLink", files[0], files);
      await down();
      await enter();
      await done;
      assert.equal(document.getText(), `<main>\n  ${fox}\n  <p>a</p>\n  <!-- hero goes here -->\n</main>\n`);
    });

    it("asks on if an image takes the focus meanwhile, as one that is opened just before does", async () => {
      const folder = freshFolder();
      const files = await writeImages(folder, "fox.png");
      const document = await openText(`${folder}/page.html`, text);
      await showAt(document, 1, 2);
      const { done } = await runUntilInput("limn.insertLink", files[0], files);
      await commands.executeCommand("vscode.openWith", files[0], "imagePreview.previewEditor", { viewColumn: 2 });
      await waitUntil("the image is active", async () => window.activeTextEditor === undefined);
      await enter();
      await done;
      assert.equal(document.getText(), `<main>\n  <p>a</p>\n  ${fox}\n</main>\n`);
    });

    it("inserts nothing on Escape, without a message", async () => {
      const folder = freshFolder();
      const files = await writeImages(folder, "fox.png");
      const document = await openText(`${folder}/page.html`, text);
      await showAt(document, 1, 2);
      await env.clipboard.writeText("nothing");
      const { done } = await runUntilInput("limn.insertLink", files[0], files);
      await pressEscape();
      assert.equal(await done, undefined);
      assert.equal(document.getText(), text);
      // A message would have “Copy Link” as its first button.
      await commands.executeCommand("notification.acceptPrimaryAction");
      assert.equal(await env.clipboard.readText(), "nothing");
    });

    it("inserts nothing if the placeholder has gone meanwhile, and offers to copy the link", async () => {
      const folder = freshFolder();
      const files = await writeImages(folder, "fox.png");
      const document = await openText(`${folder}/page.html`, text);
      const editor = await showAt(document, 1, 2);
      const { done } = await runUntilInput("limn.insertLink", files[0], files);
      assert.ok(await editor.edit((builder) => builder.delete(new Range(2, 0, 3, 0))));
      await enter();
      await done;
      assert.equal(document.getText(), "<main>\n  <p>a</p>\n</main>\n");
      await env.clipboard.writeText("nothing");
      const copied = await waitUntil("the link is copied", async () => {
        await commands.executeCommand("notification.acceptPrimaryAction");
        const copiedText = await env.clipboard.readText();
        return copiedText !== "nothing" && copiedText;
      });
      assert.equal(copied, fox);
    });
  });
});
