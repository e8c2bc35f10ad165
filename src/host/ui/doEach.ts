import { isStopped, LimnError } from "../../core/errors.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { errorMessage } from "./errorMessage.ts";

/**
 * Takes the steps one after the other, and goes on after one that fails or that the user cancels.
 * Then throws the error of the one that failed, or a `LimnError` with the sentences of all.
 */
export async function doEach(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(...(isStopped(error) ? [] : [error]));
    }
  }
  if (errors.length > 1) {
    throw new LimnError("files", joinSentences(...errors.map(errorMessage)));
  }
  if (errors.length === 1) {
    throw errors[0];
  }
}
