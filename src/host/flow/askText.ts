import { InputBoxValidationSeverity, type QuickInputButton, QuickInputButtons, window } from "vscode";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { type StepPosition, type StepResult, showInput, stepButtons } from "./step.ts";

/** Why a typed value cannot be used, or a hint about it. */
export interface ValidationMessage {
  readonly kind: "error" | "hint";
  readonly message: string;
}

/** A step in which the user types a text. */
export interface TextOptions {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Range of the value that is selected at first; by default all of it. */
  readonly selection?: readonly [from: number, to: number];
  readonly check: (value: string) => Promise<ValidationMessage | undefined>;
  /** Buttons that end the step, whatever is typed. */
  readonly buttons?: readonly QuickInputButton[];
  /** Gets the typed text when the step closes, even by Escape. */
  readonly onLeave?: (text: string) => void;
}

/** The typed text, and the button that the user pressed; `undefined` for Enter. */
export interface TypedText {
  readonly text: string;
  readonly button: QuickInputButton | undefined;
}

const severities = { error: InputBoxValidationSeverity.Error, hint: InputBoxValidationSeverity.Info } as const;

/** Asks for a text and checks it while the user types. A value with an error is not accepted. */
export function askText(position: StepPosition, options: TextOptions): Promise<StepResult<TypedText>> {
  const input = window.createInputBox();
  input.prompt = escapeMarkup(options.prompt);
  input.value = options.value;
  input.placeholder = options.placeholder;
  input.valueSelection = options.selection;
  input.buttons = [...stepButtons(position), ...(options.buttons ?? [])];

  /** Checks the value, and shows the result unless the value has changed meanwhile. */
  const validate = async (value: string): Promise<ValidationMessage | undefined> => {
    const validation = await options.check(value);
    if (input.value === value) {
      input.validationMessage = validation && {
        message: escapeMarkup(validation.message),
        severity: severities[validation.kind],
      };
    }
    return validation;
  };

  // An empty box shows no error before the user types.
  if (options.value !== "") {
    void validate(options.value);
  }
  return showInput<TypedText, typeof input>(input, position, (answer) => [
    input.onDidChangeValue((value) => void validate(value)),
    input.onDidHide(() => options.onLeave?.(input.value)),
    input.onDidAccept(async () => {
      const { value } = input;
      const validation = await validate(value);
      if (validation?.kind !== "error" && input.value === value) {
        answer({ value: { text: value, button: undefined } });
      }
    }),
    input.onDidTriggerButton((button) => {
      // Answers before a dialog opens, since the dialog hides this input.
      answer(button === QuickInputButtons.Back ? "back" : { value: { text: input.value, button } });
    }),
  ]);
}
