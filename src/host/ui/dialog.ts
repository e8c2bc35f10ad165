import { type MessageItem, window } from "vscode";

/** A button of a dialog, and the value that it returns. */
export interface DialogButton<Value> extends MessageItem {
  readonly value: Value;
}

/**
 * Asks in a modal dialog, above the editor. Resolves to the value of the pressed button, or to
 * `undefined` on Escape and Cancel.
 */
export async function askInDialog<Value>(
  question: string,
  detail: string,
  ...buttons: readonly DialogButton<Value>[]
): Promise<Value | undefined> {
  const pressed = await window.showWarningMessage(question, { modal: true, detail }, ...buttons);
  return pressed?.value;
}

/** Asks a question with one button beside Cancel; `label` is the button's. */
export const confirmInDialog = async (question: string, detail: string, label: string): Promise<boolean> =>
  (await askInDialog(question, detail, { title: label, value: true })) === true;
