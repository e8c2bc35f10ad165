import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Selection, Uri, window, workspace } from "vscode";
import { waitUntil } from "./commands.ts";
import { runUntilInput } from "./quickInput.ts";

const tempFolders: string[] = [];
after("deletes the notes", () => Promise.all(tempFolders.map((folder) => rm(folder, { recursive: true }))));

/**
 * Writes a new file outside the workspace. An untitled file would not do, since VS Code reuses the
 * names of closed ones.
 */
async function writeTempFile(text: string): Promise<Uri> {
  const folder = await mkdtemp(join(tmpdir(), "limn-notes-"));
  tempFolders.push(folder);
  const path = join(folder, "notes.md");
  await writeFile(path, `# Notes\n${text}\n`);
  return Uri.file(path);
}

/** Opens an editor in which exactly this text is selected, and waits until VS Code reports it. */
export async function selectText(text: string): Promise<void> {
  const document = await workspace.openTextDocument(await writeTempFile(text));
  // Not set on the editor afterwards: VS Code could report the initial selection later and override
  // it.
  await window.showTextDocument(document, { selection: new Selection(1, 0, 1, text.length) });
  await waitUntil("the text is selected", async () => {
    const editor = window.activeTextEditor;
    return editor?.document === document && document.getText(editor.selection) === text;
  });
}

/** Starts the flow with the selected text as its prompt. */
export async function generateFromSelection(prompt: string) {
  await selectText(prompt);
  return runUntilInput("limn.generateFromSelection");
}
