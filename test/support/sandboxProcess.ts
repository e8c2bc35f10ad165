import { startGuardedChild } from "../../scripts/guardedChild.ts";
import { root, takesScreenshots } from "../../scripts/paths.ts";

/** A sandbox in its own process. */
export interface SandboxProcess {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

/**
 * Starts a sandbox on a free port. `delay`: milliseconds until the first picture. All pictures of a
 * size and format look the same, although their bytes differ, unless screenshots are taken: each
 * drawing would take a tenth of a second. Throws with its output if it does not start.
 */
export async function startSandboxProcess({
  log,
  delay = 200,
}: {
  log: string;
  delay?: number;
}): Promise<SandboxProcess> {
  const program = takesScreenshots
    ? [`${root}/src/sandbox/main.ts`, "--strict", "--port", "0", "--delay", String(delay)]
    : [`${root}/test/support/sandboxMain.ts`, String(delay)];
  const sandbox = startGuardedChild(process.execPath, program, { env: process.env, log });
  try {
    const [line] = await sandbox.waitFor(/^\{.*\}$/m, 30_000);
    const address: unknown = JSON.parse(line);
    if (!isAddress(address)) throw new Error(`The sandbox wrote ${line} instead of its address.`);
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
