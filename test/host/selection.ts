import { Selection, window, workspace } from "vscode";
import { until } from "./commands.ts";
import { ask } from "./quickInput.ts";

/** Opens an editor in which this text, and nothing else, is selected, and waits until VS Code says so itself. */
export async function select(text: string): Promise<void> {
  const document = await workspace.openTextDocument({ content: `# Notes\n${text}\n`, language: "markdown" });
  await until("the text is selected", async () => {
    const isSelected = () => {
      const editor = window.activeTextEditor;
      return editor?.document === document && document.getText(editor.selection) === text;
    };
    // Asked for again until it is so: a quick pick of the test before gives the focus back late, and what VS Code tells of the editor as it
    // was opened may come later than the selection, and win.
    if (!isSelected()) {
      await window.showTextDocument(document, { selection: new Selection(1, 0, 1, text.length) });
    }
    return isSelected();
  });
}

/** Starts the flow with a prompt that is filled in. */
export async function askAbout(prompt: string) {
  await select(prompt);
  return ask("limn.generateFromSelection");
}
