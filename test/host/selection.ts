import { Selection, window, workspace } from "vscode";
import { until } from "./commands.ts";
import { ask } from "./quickInput.ts";

/** Opens an editor in which this text, and nothing else, is selected, and waits until VS Code says so itself. */
export async function select(text: string): Promise<void> {
  const document = await workspace.openTextDocument({ content: `# Notes\n${text}\n`, language: "markdown" });
  await until("the text is selected", async () => {
    // Not set on the editor afterwards: what VS Code tells of the editor as it was opened could come later, and win. Shown again where what a
    // test before had open took the focus back.
    if (window.activeTextEditor?.document !== document) {
      await window.showTextDocument(document, { selection: new Selection(1, 0, 1, text.length) });
    }
    const editor = window.activeTextEditor;
    return editor?.document === document && document.getText(editor.selection) === text;
  });
}

/** Starts the flow with a prompt that is filled in. */
export async function askAbout(prompt: string) {
  await select(prompt);
  return ask("limn.generateFromSelection");
}
