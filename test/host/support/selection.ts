import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Selection, Uri, window, workspace } from "vscode";
import { waitUntil } from "./commands.ts";
import { runUntilInput } from "./quickInput.ts";

const tempFolders: string[] = [];
after("the notes go", () => Promise.all(tempFolders.map((folder) => rm(folder, { recursive: true }))));

/**
 * A new file outside of the workspace; not an untitled one, since VS Code gives the name of one
 * that was closed to the next.
 */
async function writeTempFile(text: string): Promise<Uri> {
  const folder = await mkdtemp(join(tmpdir(), "limn-notes-"));
  tempFolders.push(folder);
  const path = join(folder, "notes.md");
  await writeFile(path, `# Notes\n${text}\n`);
  return Uri.file(path);
}

/**
 * Opens an editor in which this text, and nothing else, is selected, and waits until VS Code says
 * so itself.
 */
export async function selectText(text: string): Promise<void> {
  const document = await workspace.openTextDocument(await writeTempFile(text));
  // Not set on the editor afterwards: what VS Code tells of the editor as it was opened could come
  // later, and win.
  await window.showTextDocument(document, { selection: new Selection(1, 0, 1, text.length) });
  await waitUntil("the text is selected", async () => {
    const editor = window.activeTextEditor;
    return editor?.document === document && document.getText(editor.selection) === text;
  });
}

/** Starts the flow with a prompt that is filled in. */
export async function generateFromSelection(prompt: string) {
  await selectText(prompt);
  return runUntilInput("limn.generateFromSelection");
}
