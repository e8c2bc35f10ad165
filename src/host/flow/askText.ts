import { InputBoxValidationSeverity, QuickInputButtons, window } from "vscode";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { iconButton, type StepPosition, type StepResult, showInput, stepButtons } from "./step.ts";

/** What a typed value is told: why it cannot be used, or what will come of it. */
export interface ValidationMessage {
  readonly kind: "error" | "hint";
  readonly message: string;
}

/** A step in which something is typed. */
export interface TextOptions {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Characters of the value that are selected at first; all of it where not given. */
  readonly selection?: readonly [from: number, to: number];
  readonly check: (value: string) => Promise<ValidationMessage | undefined>;
  /** Tooltip of a button that leads to another way of answering, such as a dialog. */
  readonly browseTooltip?: string;
  /** Hears what is typed when the step is left, by Escape as well. */
  readonly onLeave?: (text: string) => void;
}

/** What was typed, and whether the other way of answering is wanted. */
export interface TypedText {
  readonly text: string;
  readonly isBrowseRequested: boolean;
}

const severities = { error: InputBoxValidationSeverity.Error, hint: InputBoxValidationSeverity.Info } as const;

/** Asks for a text, with remarks as it is typed; a value with an error cannot be entered. */
export function askText(position: StepPosition, options: TextOptions): Promise<StepResult<TypedText>> {
  const { browseTooltip } = options;
  const input = window.createInputBox();
  input.prompt = escapeMarkup(options.prompt);
  input.value = options.value;
  input.placeholder = options.placeholder;
  input.valueSelection = options.selection;
  input.buttons = [
    ...stepButtons(position),
    ...(browseTooltip === undefined ? [] : [iconButton("folder-opened", browseTooltip)]),
  ];

  /** Shows what is to be said of the value, unless it has changed meanwhile, and gives it. */
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

  // An empty box is no fault before something was typed.
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
        answer({ value: { text: value, isBrowseRequested: false } });
      }
    }),
    input.onDidTriggerButton((button) => {
      // A dialog may take the place of this input, so the answer comes before it.
      answer(button === QuickInputButtons.Back ? "back" : { value: { text: input.value, isBrowseRequested: true } });
    }),
  ]);
}
