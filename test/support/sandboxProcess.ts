import { existsSync } from "node:fs";
import { startGuardedChild } from "../../scripts/guardedChild.ts";
import { root } from "../../scripts/paths.ts";

/** A sandbox in a process of its own. */
export interface SandboxProcess {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

const sandboxMain = `${root}/src/sandbox/main.ts`;

/**
 * Starts `src/sandbox/main.ts` on a free port. `delay`: milliseconds until the first picture.
 * Throws with what it wrote where it does not come up.
 */
export async function startSandboxProcess({
  log,
  delay = 200,
}: {
  log: string;
  delay?: number;
}): Promise<SandboxProcess> {
  if (!existsSync(sandboxMain)) throw new Error("There is no src/sandbox/main.ts to start.");
  const sandbox = startGuardedChild(
    process.execPath,
    [sandboxMain, "--strict", "--port", "0", "--delay", String(delay)],
    {
      env: process.env,
      log,
    },
  );
  try {
    const [line] = await sandbox.waitFor(/^\{.*\}$/m, 30_000);
    const address: unknown = JSON.parse(line);
    if (!isAddress(address)) throw new Error(`The sandbox did not tell its address but ${line}`);
    return { url: address.url, key: address.key, stop: sandbox.stop };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

function isAddress(value: unknown): value is { url: string; key: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "url" in value &&
    "key" in value &&
    typeof value.url === "string" &&
    typeof value.key === "string"
  );
}
