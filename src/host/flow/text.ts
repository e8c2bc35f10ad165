import { InputBoxValidationSeverity, QuickInputButtons, window } from "vscode";
import { plain } from "../plain.ts";
import { type Answer, backButtons, iconButton, type Place, show } from "./step.ts";

/** What a typed value is told: why it cannot be used, or what will come of it. */
export interface Remark {
  readonly kind: "error" | "hint";
  readonly message: string;
}

/** A step in which something is typed. */
export interface TextStep {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Characters of the value that are selected at first; all of it where not given. */
  readonly selection?: readonly [from: number, to: number];
  readonly check: (value: string) => Promise<Remark | undefined>;
  /** Tooltip of a button that leads to another way of answering, such as a dialog. */
  readonly browse?: string;
  /** Hears what is typed when the step is left, by Escape as well. */
  readonly onLeave?: (text: string) => void;
}

/** What was typed, and whether the other way of answering is wanted. */
export interface Typed {
  readonly text: string;
  readonly browse: boolean;
}

const severities = { error: InputBoxValidationSeverity.Error, hint: InputBoxValidationSeverity.Info } as const;

/** Asks for a text, with remarks as it is typed; a value with an error cannot be entered. */
export function askText(place: Place, step: TextStep): Promise<Answer<Typed>> {
  const { browse } = step;
  const input = window.createInputBox();
  input.prompt = plain(step.prompt);
  input.value = step.value;
  input.placeholder = step.placeholder;
  input.valueSelection = step.selection;
  input.buttons = [...backButtons(place), ...(browse === undefined ? [] : [iconButton("folder-opened", browse)])];

  /** Shows what is to be said of the value, unless it has changed meanwhile, and gives it. */
  const remarkOn = async (value: string): Promise<Remark | undefined> => {
    const remark = await step.check(value);
    if (input.value === value) {
      input.validationMessage = remark && { message: plain(remark.message), severity: severities[remark.kind] };
    }
    return remark;
  };

  // An empty box is no fault before something was typed.
  if (step.value !== "") {
    void remarkOn(step.value);
  }
  return show<Typed, typeof input>(input, place, (answer) => [
    input.onDidChangeValue((value) => void remarkOn(value)),
    input.onDidHide(() => step.onLeave?.(input.value)),
    input.onDidAccept(async () => {
      const { value } = input;
      const remark = await remarkOn(value);
      if (remark?.kind !== "error" && input.value === value) {
        answer({ value: { text: value, browse: false } });
      }
    }),
    input.onDidTriggerButton((button) => {
      // A dialog may take the place of this input, so the answer comes before it.
      answer(button === QuickInputButtons.Back ? "back" : { value: { text: input.value, browse: true } });
    }),
  ]);
}
