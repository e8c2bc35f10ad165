import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  commands,
  EndOfLine,
  env,
  Position,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { generate, quick, until } from "./commands.ts";
import { at, freshFolder, logs } from "./files.ts";
import { registerMemoryFiles } from "./memoryFiles.ts";
import { first, freshPrompt, made, send } from "./panel.ts";
import { greyPng } from "./png.ts";
import { ask, enterUntilDone } from "./quickInput.ts";
import "./service.ts";

/** Presses the first button of the newest notification, as VS Code's own key for it does. */
const pressFirst = () => commands.executeCommand("notification.acceptPrimaryAction");

/** Opens a text file of the workspace with the cursor at the end of “Here:”. */
async function openAtHere(path: string, text: string): Promise<TextEditor> {
  const { fsPath } = at(path);
  await mkdir(dirname(fsPath), { recursive: true });
  await writeFile(fsPath, text);
  return showAtHere(await workspace.openTextDocument(at(path)));
}

async function showAtHere(document: TextDocument): Promise<TextEditor> {
  const here = document.positionAt(document.getText().indexOf("Here:") + "Here:".length);
  const editor = await window.showTextDocument(document, { selection: new Selection(here, here) });
  await until("the cursor is there", async () => window.activeTextEditor?.selection.active.isEqual(here));
  return editor;
}

/** Makes a picture as a keybinding does, and changes something while it is on its way. */
async function makeWhile(path: string, change: () => PromiseLike<unknown>): Promise<void> {
  await commands.executeCommand("notifications.clearAll");
  const making = generate({ ...quick, prompt: "A fox [sandbox:delay=1]", path });
  await change();
  await making;
}

async function edit(make: (edit: WorkspaceEdit) => void): Promise<void> {
  const all = new WorkspaceEdit();
  make(all);
  assert.ok(await workspace.applyEdit(all));
}

const linesOf = (document: TextDocument): readonly string[] => document.getText().split(/\r?\n/);

/** Waits until a link is in the document. */
const linked = (document: TextDocument) =>
  until("the link is there", async () => /<img|!\[/.test(document.getText()) && linesOf(document));

/** Presses Copy Link on the message that says what is wrong, and gives what was copied. */
async function copied(): Promise<string> {
  await env.clipboard.writeText("nothing");
  return until("the link is copied", async () => {
    await pressFirst();
    const text = await env.clipboard.readText();
    return text !== "nothing" && text;
  });
}

describe("Insert Link on the message that a picture is saved", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("lands where the job was started, whatever was typed above and below since", async () => {
    const folder = freshFolder();
    const { document } = await openAtHere(`${folder}/page.html`, "<h1>Hut</h1>\nHere:\n<p>End</p>\n");
    await makeWhile(`${folder}/fox.png`, () =>
      edit((all) => {
        all.insert(document.uri, new Position(0, 0), "one\ntwo\n");
        all.insert(document.uri, new Position(1, 0), "And ");
        all.insert(document.uri, new Position(2, 0), "three\n");
      }),
    );
    await pressFirst();
    assert.deepEqual(await linked(document), [
      ...["one", "two", "<h1>Hut</h1>"],
      'And Here:<img src="fox.png" alt="A fox [sandbox:delay=1]" width="1024" height="1024">',
      ...["three", "<p>End</p>", ""],
    ]);
  });

  it("lands where the text around the place was deleted", async () => {
    const folder = freshFolder();
    const { document } = await openAtHere(`${folder}/page.md`, "# Hut\nThe place is Here: and there.\nEnd\n");
    await makeWhile(`${folder}/fox.png`, () => edit((all) => all.delete(document.uri, new Range(1, 4, 1, 29))));
    await pressFirst();
    assert.match((await linked(document))[1] ?? "", /^The !\[A fox .*\]\(fox\.png\)$/);
  });

  it("lands on its line though the line endings have changed", async () => {
    const folder = freshFolder();
    const editor = await openAtHere(`${folder}/page.md`, "one\ntwo\nthree\nHere:\nEnd\n");
    await makeWhile(`${folder}/fox.png`, async () =>
      assert.ok(await editor.edit((builder) => builder.setEndOfLine(EndOfLine.CRLF))),
    );
    await pressFirst();
    assert.match((await linked(editor.document))[3] ?? "", /^Here:!\[/);
  });

  it("lands there in a document that was closed since", async () => {
    const folder = freshFolder();
    const path = `${folder}/page.md`;
    await openAtHere(path, "one\nHere:\nEnd\n");
    await makeWhile(`${folder}/fox.png`, () => commands.executeCommand("workbench.action.closeAllEditors"));
    await commands.executeCommand("workbench.action.closeAllEditors");
    await pressFirst();
    const document = await until("it is open again", async () => window.activeTextEditor?.document);
    assert.match((await linked(document))[1] ?? "", /^Here:!\[/);
  });

  it("has the pixels that the file has by then", async () => {
    const folder = freshFolder();
    const { document } = await openAtHere(`${folder}/page.html`, "Here:\n");
    await makeWhile(`${folder}/fox.png`, async () => undefined);
    await writeFile(at(`${folder}/fox.png`).fsPath, greyPng(80, 60, 9));
    await pressFirst();
    assert.match((await linked(document))[0] ?? "", /width="80" height="60">$/);
  });

  it("in an untitled document starts from the workspace folder, not from the root of the disk", async () => {
    const folder = freshFolder();
    const { document } = await showAtHere(
      await workspace.openTextDocument({ language: "html", content: "<p>\nHere:\n</p>\n" }),
    );
    await makeWhile(`${folder}/fox.png`, async () => undefined);
    await pressFirst();
    assert.match((await linked(document))[1] ?? "", new RegExp(`^Here:<img src="${folder}/fox\\.png" `));
  });

  it("asks to save an untitled document first if the picture is in no folder of the workspace", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    const { document } = await showAtHere(await workspace.openTextDocument({ language: "html", content: "Here:\n" }));
    await makeWhile(Uri.file(join(outside, "fox.png")).toString(), async () => undefined);
    await pressFirst();
    // A test window refuses modal dialogs and says with what words: the answers to them are tested in the real workbench.
    await until("it is asked", async () =>
      /refused to show dialog in tests.*Save Untitled-\d+ before the link is inserted\?/s.test(await logs()),
    );
    assert.equal(document.getText(), "Here:\n");
    await rm(outside, { recursive: true });
  });

  it("says so if the document was deleted, and offers to copy the link", async () => {
    const folder = freshFolder();
    const path = `${folder}/docs/page.html`;
    await openAtHere(path, "Here:\n");
    await makeWhile(`${folder}/fox.png`, async () => {
      await commands.executeCommand("workbench.action.closeAllEditors");
      await unlink(at(path).fsPath);
    });
    await pressFirst();
    assert.match(await copied(), /^<img src="\.\.\/fox\.png" alt="A fox .*" width="1024" height="1024">$/);
  });

  it("says so if the document is read-only, and offers to copy the link", async () => {
    const folder = freshFolder();
    const files = registerMemoryFiles(
      "readonlydocs",
      { "/page.html": new TextEncoder().encode("Here:\n") },
      { isReadonly: true },
    );
    try {
      const { document } = await showAtHere(await workspace.openTextDocument(Uri.parse("readonlydocs:/page.html")));
      await makeWhile(`${folder}/fox.png`, async () => undefined);
      await pressFirst();
      assert.match(await copied(), new RegExp(`^<img src="${folder}/fox\\.png" `));
      assert.equal(document.getText(), "Here:\n");
    } finally {
      await commands.executeCommand("workbench.action.closeAllEditors");
      files.dispose();
    }
  });

  it("says so if the picture is not there any more", async () => {
    const folder = freshFolder();
    const { document } = await openAtHere(`${folder}/page.html`, "Here:\n");
    await makeWhile(`${folder}/fox.png`, async () => undefined);
    await unlink(at(`${folder}/fox.png`).fsPath);
    await pressFirst();
    await until("it is said", async () =>
      (await logs()).includes(`${folder}/fox.png could not be read, so there is nothing to link to.`),
    );
    assert.equal(document.getText(), "Here:\n");
  });
});

describe("Limn: Insert Link to Picture…", () => {
  it("inserts a link to a kept picture that is chosen, the newest first, at the cursor", async () => {
    const [prompt, folder] = [freshPrompt(), freshFolder()];
    const { ref } = first(await made(prompt, { path: `${folder}/owl` }));
    await send({ type: "keep", ...ref });
    const other = freshPrompt();
    await send({ type: "keep", ...first(await made(other, { path: `${folder}/elk` })).ref });
    const { document } = await openAtHere(`${folder}/page.md`, "one\nHere:\nEnd\n");
    await enterUntilDone(await ask("limn.insertLink"));
    assert.equal((await linked(document))[1], `Here:![${other}](elk.png)`);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
});
