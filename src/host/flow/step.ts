import { type Disposable, type QuickInput, QuickInputButtons, type QuickPickItem, ThemeIcon, window } from "vscode";
import { stopped } from "../../core/errors.ts";
import { plain } from "../plain.ts";

/** Where a step stands in its flow. */
export interface Place {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly of: number;
}

/** What a person said at a step, or that they went back. */
export type Answer<Value> = { readonly value: Value } | "back";

/** Shows an input and waits for its answer. Rejects with kind `stopped` on Escape: cancel is silence. */
export async function show<Value, Input extends QuickInput>(
  input: Input,
  place: Place,
  wire: (answer: (answer: Answer<Value>) => void) => readonly Disposable[],
): Promise<Answer<Value>> {
  input.title = place.title;
  if (place.of > 1) {
    input.step = place.step;
    input.totalSteps = place.of;
  }
  // What was typed must not be lost to a glance at another window.
  input.ignoreFocusOut = true;
  const disposables: Disposable[] = [input];
  try {
    return await new Promise<Answer<Value>>((resolve, reject) => {
      disposables.push(
        ...wire(resolve),
        input.onDidHide(() => reject(stopped())),
      );
      input.show();
    });
  } finally {
    for (const disposable of disposables) {
      disposable.dispose();
    }
  }
}

/** The back button, where there is something to go back to. */
export const backButtons = ({ step }: Place) => (step > 1 ? [QuickInputButtons.Back] : []);

/** An item of a choice, with the value it stands for. */
export interface Choice<Value> extends QuickPickItem {
  readonly value?: Value;
}

/** A step in which one thing is chosen. */
export interface ChoiceStep<Value> {
  readonly placeholder: string;
  readonly choices: readonly Choice<Value>[];
  /** Whether the value is the one to begin at. */
  readonly isActive?: (value: Value) => boolean;
}

/** A choice may be called what a stranger has called a file or a folder. */
const plainChoice = <Value>({ label, description, ...rest }: Choice<Value>): Choice<Value> => ({
  ...rest,
  label: plain(label),
  ...(description === undefined ? {} : { description: plain(description) }),
});

/** Asks for one of a few things; what is typed is looked for in labels, descriptions and details. */
export function askChoice<Value>(
  place: Place,
  { placeholder, choices, isActive }: ChoiceStep<Value>,
): Promise<Answer<Value>> {
  const input = window.createQuickPick<Choice<Value>>();
  input.placeholder = placeholder;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  const items = choices.map(plainChoice);
  input.items = items;
  const active = items.find(({ value }) => value !== undefined && (isActive?.(value) ?? false));
  if (active !== undefined) {
    input.activeItems = [active];
  }
  input.buttons = backButtons(place);
  return show<Value, typeof input>(input, place, (answer) => [
    input.onDidAccept(() => {
      const value = input.selectedItems[0]?.value;
      if (value !== undefined) {
        answer({ value });
      }
    }),
    input.onDidTriggerButton(() => answer("back")),
  ]);
}

/** An icon of VS Code's own set as a button. */
export const iconButton = (icon: string, tooltip: string) => ({ iconPath: new ThemeIcon(icon), tooltip });
