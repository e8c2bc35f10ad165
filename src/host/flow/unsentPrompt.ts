import { LimnError } from "../../core/errors.ts";
import type { LastChoicesStore } from "../request/lastChoices.ts";

/**
 * Buys what the user has answered. The remembered prompt is forgotten when the job starts. It stays
 * if the job does not start, and comes back if the service could not be reached.
 */
export async function forgetPromptOnStart<Result>(
  lastChoices: LastChoicesStore,
  buy: (onStarted: () => void) => Promise<Result>,
): Promise<Result> {
  const { unsent } = lastChoices.read();
  // The user may have typed the prompt of another request in the meantime.
  const replace = async (expected: string | undefined, next: string | undefined) => {
    if (lastChoices.read().unsent === expected) {
      await lastChoices.update({ unsent: next });
    }
  };
  try {
    return await buy(() => void replace(unsent, undefined));
  } catch (error) {
    if (error instanceof LimnError && error.kind === "offline") {
      await replace(undefined, unsent);
    }
    throw error;
  }
}
