import { type QuickPickItem, window } from "vscode";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { type StepPosition, type StepResult, showInput, stepButtons } from "./step.ts";

/** An item of a choice. A separator has no value. */
export interface ChoiceItem<Value> extends QuickPickItem {
  readonly value?: Value;
}

/** A step in which the user chooses one item. */
export interface ChoiceOptions<Value> {
  readonly placeholder: string;
  readonly choices: readonly ChoiceItem<Value>[];
  /** Whether the item with this value is focused at first. */
  readonly isActive?: (value: Value) => boolean;
}

/** Labels may hold names of files and folders, so their markup is escaped. */
const escapeChoice = <Value>({ label, description, ...rest }: ChoiceItem<Value>): ChoiceItem<Value> => ({
  ...rest,
  label: escapeMarkup(label),
  ...(description === undefined ? {} : { description: escapeMarkup(description) }),
});

/** Asks for one of several items. Typed text filters labels, descriptions and details. */
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
