import { type Disposable, type QuickInput, QuickInputButtons, type QuickPickItem, ThemeIcon, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";

/** Where a step stands in its flow. */
export interface StepPosition {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/** What a person said at a step, or that they went back. */
export type StepResult<Value> = { readonly value: Value } | "back";

/**
 * Shows an input and waits for its answer. Rejects with kind `stopped` on Escape: cancel is
 * silence.
 */
export async function showInput<Value, Input extends QuickInput>(
  input: Input,
  position: StepPosition,
  addListeners: (answer: (answer: StepResult<Value>) => void) => readonly Disposable[],
): Promise<StepResult<Value>> {
  input.title = position.title;
  if (position.totalSteps > 1) {
    input.step = position.step;
    input.totalSteps = position.totalSteps;
  }
  // What was typed must not be lost to a glance at another window.
  input.ignoreFocusOut = true;
  const disposables: Disposable[] = [input];
  try {
    return await new Promise<StepResult<Value>>((resolve, reject) => {
      disposables.push(
        ...addListeners(resolve),
        input.onDidHide(() => reject(stoppedError())),
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
export const stepButtons = ({ step }: StepPosition) => (step > 1 ? [QuickInputButtons.Back] : []);

/** An item of a choice, with the value it stands for. */
export interface ChoiceItem<Value> extends QuickPickItem {
  readonly value?: Value;
}

/** A step in which one thing is chosen. */
export interface ChoiceOptions<Value> {
  readonly placeholder: string;
  readonly choices: readonly ChoiceItem<Value>[];
  /** Whether the value is the one to begin at. */
  readonly isActive?: (value: Value) => boolean;
}

/** A choice may be called what a stranger has called a file or a folder. */
const escapeChoice = <Value>({ label, description, ...rest }: ChoiceItem<Value>): ChoiceItem<Value> => ({
  ...rest,
  label: escapeMarkup(label),
  ...(description === undefined ? {} : { description: escapeMarkup(description) }),
});

/**
 * Asks for one of a few things; what is typed is looked for in labels, descriptions and details.
 */
export function askChoice<Value>(
  position: StepPosition,
  { placeholder, choices, isActive }: ChoiceOptions<Value>,
): Promise<StepResult<Value>> {
  const input = window.createQuickPick<ChoiceItem<Value>>();
  input.placeholder = placeholder;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  const items = choices.map(escapeChoice);
  input.items = items;
  const active = items.find(({ value }) => value !== undefined && (isActive?.(value) ?? false));
  if (active !== undefined) {
    input.activeItems = [active];
  }
  input.buttons = stepButtons(position);
  return showInput<Value, typeof input>(input, position, (answer) => [
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
