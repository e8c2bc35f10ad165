import { type Disposable, type QuickInput, QuickInputButtons, ThemeIcon } from "vscode";
import { stoppedError } from "../../core/errors.ts";

/** Which step of a flow is shown. */
export interface StepPosition {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/** What the user entered at a step, or that they went back. */
export type StepResult<Value> = { readonly value: Value } | "back";

/**
 * One step of a flow: asks the user, and resolves with the draft and the answer in it. `back` is
 * the draft of a step that the user left backwards, with what they chose there; `restart` is the
 * draft for the first step, whose answer has become invalid.
 */
export type Step<Draft> = (
  position: StepPosition,
  draft: Draft,
) => Promise<StepResult<Draft> | { readonly back: Draft } | { readonly restart: Draft }>;

/** The steps of a flow: always the same ones, or those that the draft so far needs. */
export type Steps<Draft> = readonly Step<Draft>[] | ((draft: Draft) => readonly Step<Draft>[]);

/**
 * Shows an input of VS Code and waits for its answer. `addListeners` gets the function that ends
 * the step. Rejects with kind `stopped` on Escape.
 */
export async function showInput<Value, Input extends QuickInput>(
  input: Input,
  position: StepPosition,
  addListeners: (answer: (result: StepResult<Value>) => void) => readonly Disposable[],
): Promise<StepResult<Value>> {
  input.title = position.title;
  if (position.totalSteps > 1) {
    input.step = position.step;
    input.totalSteps = position.totalSteps;
  }
  // Typed text is kept while the user looks at another window.
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

/** The back button, from the second step on. */
export const stepButtons = ({ step }: StepPosition) => (step > 1 ? [QuickInputButtons.Back] : []);

/** A button with one of VS Code's own icons. */
export const iconButton = (icon: string, tooltip: string) => ({ iconPath: new ThemeIcon(icon), tooltip });
