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
import { greyPng } from "../../support/greyPng.ts";
import { fastOptions, generate, waitUntil } from "../support/commands.ts";
import { freshFolder, readLogs, uriInWorkspace } from "../support/files.ts";
import { registerMemoryFiles } from "../support/memoryFiles.ts";
import "../support/testService.ts";

/** Presses the first button of the newest notification by VS Code's command. */
const pressFirstButton = () => commands.executeCommand("notification.acceptPrimaryAction");

/** Opens a text file of the workspace with the cursor at the end of “Here:”. */
async function openWithCursorAtHere(path: string, text: string): Promise<TextEditor> {
  const { fsPath } = uriInWorkspace(path);
  await mkdir(dirname(fsPath), { recursive: true });
  await writeFile(fsPath, text);
  return showWithCursorAtHere(await workspace.openTextDocument(uriInWorkspace(path)));
}

async function showWithCursorAtHere(document: TextDocument): Promise<TextEditor> {
  const here = document.positionAt(document.getText().indexOf("Here:") + "Here:".length);
  const editor = await window.showTextDocument(document, { selection: new Selection(here, here) });
  await waitUntil("the cursor is there", async () => window.activeTextEditor?.selection.active.isEqual(here));
  return editor;
}

/** Generates a picture by command and runs `change` before it arrives. */
async function generateWhile(path: string, change: () => PromiseLike<unknown>): Promise<void> {
  await commands.executeCommand("notifications.clearAll");
  const making = generate({ ...fastOptions, prompt: "A fox [sandbox:delay=1]", path });
  await change();
  await making;
}

async function applyEdit(addChanges: (edit: WorkspaceEdit) => void): Promise<void> {
  const workspaceEdit = new WorkspaceEdit();
  addChanges(workspaceEdit);
  assert.ok(await workspace.applyEdit(workspaceEdit));
}

const linesOf = (document: TextDocument): readonly string[] => document.getText().split(/\r?\n/);

/** Waits for a link in the document and returns its lines. */
const waitForLink = (document: TextDocument) =>
  waitUntil("the link is there", async () => /<img|!\[/.test(document.getText()) && linesOf(document));

/** Presses Copy Link in the error message and returns the copied text. */
async function pressCopyLink(): Promise<string> {
  await env.clipboard.writeText("nothing");
  return waitUntil("the link is copied", async () => {
    await pressFirstButton();
    const text = await env.clipboard.readText();
    return text !== "nothing" && text;
  });
}

describe("Insert Link in the message about a saved picture", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("inserts at the cursor position of the job's start, adjusted to later changes", async () => {
    const folder = freshFolder();
    const { document } = await openWithCursorAtHere(`${folder}/page.html`, "<h1>Hut</h1>\nHere:\n<p>End</p>\n");
    await generateWhile(`${folder}/fox.png`, () =>
      applyEdit((all) => {
        all.insert(document.uri, new Position(0, 0), "one\ntwo\n");
        all.insert(document.uri, new Position(1, 0), "And ");
        all.insert(document.uri, new Position(2, 0), "three\n");
      }),
    );
    await pressFirstButton();
    assert.deepEqual(await waitForLink(document), [
      ...["one", "two", "<h1>Hut</h1>", "And Here:", "three"],
      '<img src="fox.png" alt="A fox [sandbox:delay=1]" width="1024" height="1024">',
      ...["<p>End</p>", ""],
    ]);
  });

  it("inserts at that position even if the text around it was deleted", async () => {
    const folder = freshFolder();
    const { document } = await openWithCursorAtHere(
      `${folder}/page.md`,
      "# Hut\nThe place is Here: and there.\n\nEnd\n",
    );
    await generateWhile(`${folder}/fox.png`, () =>
      applyEdit((all) => all.delete(document.uri, new Range(1, 4, 1, 29))),
    );
    await pressFirstButton();
    assert.match((await waitForLink(document)).join("\n"), /^# Hut\nThe \n\n!\[A fox .*\]\(fox\.png\)\n\nEnd\n$/);
  });

  it("inserts on that line even if the line endings changed", async () => {
    const folder = freshFolder();
    const editor = await openWithCursorAtHere(`${folder}/page.md`, "one\n\ntwo\n\nHere:\n\nEnd\n");
    await generateWhile(`${folder}/fox.png`, async () =>
      assert.ok(await editor.edit((builder) => builder.setEndOfLine(EndOfLine.CRLF))),
    );
    await pressFirstButton();
    assert.match((await waitForLink(editor.document)).join("\n"), /\ntwo\n\nHere:\n\n!\[.*\n\nEnd\n$/);
  });

  it("inserts at that position in a document that was closed since", async () => {
    const folder = freshFolder();
    const path = `${folder}/page.md`;
    await openWithCursorAtHere(path, "one\n\nHere:\n\nEnd\n");
    await generateWhile(`${folder}/fox.png`, () => commands.executeCommand("workbench.action.closeAllEditors"));
    await commands.executeCommand("workbench.action.closeAllEditors");
    await pressFirstButton();
    const document = await waitUntil("the document is open again", async () => window.activeTextEditor?.document);
    assert.match((await waitForLink(document)).join("\n"), /^one\n\nHere:\n\n!\[.*\n\nEnd\n$/);
  });

  it("uses the current dimensions of the file", async () => {
    const folder = freshFolder();
    const { document } = await openWithCursorAtHere(`${folder}/page.html`, "Here:\n");
    await generateWhile(`${folder}/fox.png`, async () => undefined);
    await writeFile(uriInWorkspace(`${folder}/fox.png`).fsPath, greyPng(80, 60, 9));
    await pressFirstButton();
    assert.match((await waitForLink(document))[1] ?? "", /width="80" height="60">$/);
  });

  it("links from the workspace folder in an untitled document, not from the root of the disk", async () => {
    const folder = freshFolder();
    const { document } = await showWithCursorAtHere(
      await workspace.openTextDocument({ language: "html", content: "<p>\nHere:\n</p>\n" }),
    );
    await generateWhile(`${folder}/fox.png`, async () => undefined);
    await pressFirstButton();
    assert.match((await waitForLink(document)).join("\n"), new RegExp(`Here:\n</p>\n<img src="${folder}/fox\\.png" `));
  });

  it("asks to save an untitled document first if the picture is outside the workspace", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    const { document } = await showWithCursorAtHere(
      await workspace.openTextDocument({ language: "html", content: "Here:\n" }),
    );
    await generateWhile(Uri.file(join(outside, "fox.png")).toString(), async () => undefined);
    await pressFirstButton();
    // A test window throws instead of showing a modal dialog; test/e2e tests the answers.
    await waitUntil("Limn asks", async () =>
      /refused to show dialog in tests.*Save Untitled-\d+ before the link is inserted\?/s.test(await readLogs()),
    );
    assert.equal(document.getText(), "Here:\n");
    await rm(outside, { recursive: true });
  });

  it("shows an error with Copy Link if the document was deleted", async () => {
    const folder = freshFolder();
    const path = `${folder}/docs/page.html`;
    await openWithCursorAtHere(path, "Here:\n");
    await generateWhile(`${folder}/fox.png`, async () => {
      await commands.executeCommand("workbench.action.closeAllEditors");
      await unlink(uriInWorkspace(path).fsPath);
    });
    await pressFirstButton();
    assert.match(await pressCopyLink(), /^<img src="\.\.\/fox\.png" alt="A fox .*" width="1024" height="1024">$/);
  });

  it("shows an error with Copy Link if the document is read-only", async () => {
    const folder = freshFolder();
    const files = registerMemoryFiles(
      "readonlydocs",
      { "/page.html": new TextEncoder().encode("Here:\n") },
      { isReadonly: true },
    );
    try {
      const { document } = await showWithCursorAtHere(
        await workspace.openTextDocument(Uri.parse("readonlydocs:/page.html")),
      );
      await generateWhile(`${folder}/fox.png`, async () => undefined);
      await pressFirstButton();
      assert.match(await pressCopyLink(), new RegExp(`^<img src="${folder}/fox\\.png" `));
      assert.equal(document.getText(), "Here:\n");
    } finally {
      await commands.executeCommand("workbench.action.closeAllEditors");
      files.dispose();
    }
  });

  it("shows an error if the picture was deleted", async () => {
    const folder = freshFolder();
    const { document } = await openWithCursorAtHere(`${folder}/page.html`, "Here:\n");
    await generateWhile(`${folder}/fox.png`, async () => undefined);
    await unlink(uriInWorkspace(`${folder}/fox.png`).fsPath);
    await pressFirstButton();
    await waitUntil("the error is logged", async () =>
      (await readLogs()).includes(`${folder}/fox.png could not be read, so there is nothing to link to.`),
    );
    assert.equal(document.getText(), "Here:\n");
  });
});
