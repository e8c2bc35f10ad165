import { LimnError } from "../../core/errors.ts";
import type { LogPort } from "../../core/ports.ts";
import type { LastChoicesStore } from "../request/lastChoices.ts";

/** What `forgetPromptOnStart` works with: some of the services. */
export interface UnsentPromptDeps {
  readonly lastChoices: LastChoicesStore;
  readonly jobs: { readonly journal: { get(id: string): unknown } };
  readonly log: Pick<LogPort, "warn">;
}

/**
 * Buys what the user has answered. The remembered prompt is forgotten when the job starts. It stays
 * if the job does not start, and comes back if the service could not be reached, or if the job was
 * withdrawn before it was sent.
 */
export async function forgetPromptOnStart<Result>(
  { lastChoices, jobs, log }: UnsentPromptDeps,
  buy: (onStarted: (id: string) => void) => Promise<Result>,
): Promise<Result> {
  const { unsent } = lastChoices.read();
  let startedId: string | undefined;
  // The user may have typed the prompt of another request in the meantime.
  const replace = async (expected: string | undefined, next: string | undefined) => {
    if (lastChoices.read().unsent === expected) {
      await lastChoices.update({ unsent: next });
    }
  };
  try {
    return await buy((id) => {
      startedId = id;
      replace(unsent, undefined).catch((error: unknown) =>
        log.warn(`The sent prompt could not be forgotten: ${String(error)}`),
      );
    });
  } catch (error) {
    const isWithdrawn = startedId !== undefined && jobs.journal.get(startedId) === undefined;
    if (isWithdrawn || (error instanceof LimnError && error.kind === "offline")) {
      await replace(undefined, unsent);
    }
    throw error;
  }
}
