import assert from "node:assert/strict";
import { commands } from "vscode";

/** What `limn.generate` and `limn.edit` give. */
export interface CommandResult {
  readonly files: readonly string[];
  readonly cost: number | undefined;
}

/** A picture that is made quickly, where a test is about something else. */
export const fastOptions = { size: "1024x1024", deliveryMethod: "sync" } as const;

/** Runs `limn.generate` as another extension does. */
export const generate = (argument: object): Thenable<CommandResult> =>
  commands.executeCommand("limn.generate", argument);

/** Runs `limn.edit` as another extension does. */
export const edit = (argument: object): Thenable<CommandResult> => commands.executeCommand("limn.edit", argument);

/** The sentence with which a command rejects. */
export async function rejectionMessage(running: Thenable<unknown>): Promise<string> {
  const result = await Promise.resolve(running).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert.ok("error" in result, `The command gave ${JSON.stringify(result)} and was expected to reject.`);
  assert.ok(result.error instanceof Error);
  return result.error.message;
}

/** Waits until something holds; fails with `what` after 20 s. */
export async function waitUntil<Value>(
  what: string,
  getValue: () => Promise<Value | undefined | false>,
): Promise<Value> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const value = await getValue();
    if (value !== undefined && value !== false) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Waited in vain until ${what}.`);
}
