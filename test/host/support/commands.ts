import assert from "node:assert/strict";
import { commands } from "vscode";

/** Result of `limn.generate` and `limn.edit`. */
export interface CommandResult {
  readonly files: readonly string[];
  readonly cost: number | undefined;
}

/** Fields of a request that takes little time. */
export const fastOptions = { size: "1024x1024", deliveryMethod: "sync" } as const;

/** Runs `limn.generate` as another extension does. */
export const generate = (argument: object): Thenable<CommandResult> =>
  commands.executeCommand("limn.generate", argument);

/** Runs `limn.edit` as another extension does. */
export const edit = (argument: object): Thenable<CommandResult> => commands.executeCommand("limn.edit", argument);

/** Returns the message of the error a command rejects with. Fails if it resolves. */
export async function rejectionMessage(running: Thenable<unknown>): Promise<string> {
  const result = await Promise.resolve(running).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert.ok("error" in result, `The command was expected to reject, but returned ${JSON.stringify(result)}.`);
  assert.ok(result.error instanceof Error);
  return result.error.message;
}

/** Polls until `getValue` returns a value other than `undefined` and `false`; throws after 60 s. */
export async function waitUntil<Value>(
  what: string,
  getValue: () => Promise<Value | undefined | false>,
): Promise<Value> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    const value = await getValue();
    if (value !== undefined && value !== false) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited 60 s without success until ${what}.`);
}
