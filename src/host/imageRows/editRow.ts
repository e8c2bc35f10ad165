import { l10n } from "vscode";
import { isStopped } from "../../core/errors.ts";
import type { Shape } from "../../core/request/request.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import { askChoice } from "../flow/askChoice.ts";
import { askText } from "../flow/askText.ts";
import { promptProblem } from "../flow/promptProblem.ts";
import { sizeChoices } from "../flow/sizeChoices.ts";
import type { StepResult } from "../flow/step.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type ImageRow, sentPromptOf } from "./imageRow.ts";

/** A second step without a counter: it is not part of a series, but leads back to the list. */
const positionOf = ({ file }: ImageRow) => ({ title: shownPath(file), step: 2, totalSteps: 1 });

/** The row with the answer; as it was if the user goes back or presses Escape. */
async function changed<Value>(
  row: ImageRow,
  ask: Promise<StepResult<Value>>,
  change: (value: Value) => Partial<ImageRow>,
): Promise<ImageRow> {
  const answer = await ask.catch((error: unknown) => {
    if (isStopped(error)) {
      return "back" as const;
    }
    throw error;
  });
  return answer === "back" ? row : { ...row, ...change(answer.value) };
}

/** Asks for another prompt. */
export const editPrompt = (row: ImageRow): Promise<ImageRow> =>
  changed(
    row,
    askText(positionOf(row), {
      prompt: l10n.t("Describe the picture."),
      value: row.prompt,
      check: async (prompt) => {
        const message = promptProblem(sentPromptOf({ ...row, prompt }), row.model);
        return message === undefined ? undefined : { kind: "error", message };
      },
    }),
    ({ text }) => ({ prompt: cleanPrompt(text) }),
  );

/** Asks for another size. */
export const changeSize = (row: ImageRow): Promise<ImageRow> =>
  changed(
    row,
    askChoice<Shape>(positionOf(row), {
      placeholder: l10n.t("Size in pixels; type to find one, such as 16:9 or 2K or banner"),
      choices: sizeChoices(row.model),
      isActive: (shape) => JSON.stringify(shape) === JSON.stringify(row.size),
    }),
    (shape) => (typeof shape === "object" && "width" in shape ? { size: shape } : {}),
  );
