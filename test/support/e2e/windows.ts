import { expect } from "vitest";
import { extensionHostPids } from "../processesBelow.ts";
import type { Workbench } from "./workbench.ts";

const startMs = 60_000;

/** Waits until an extension host runs that is not one of these processes. */
export const waitForNewExtensionHost = (previousPids: readonly number[]): Promise<void> =>
  expect.poll(() => extensionHostPids().some((pid) => !previousPids.includes(pid)), { timeout: startMs }).toBe(true);

/** Reloads the window and waits for its Explorer and for a new extension host. */
export async function reloadWindow({ command, page }: Workbench): Promise<void> {
  const previousPids = extensionHostPids();
  await command("Developer: Reload Window");
  await waitForNewExtensionHost(previousPids);
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: startMs });
}

/** Kills the extension host with SIGKILL and waits until VS Code has started another one. */
export async function killExtensionHost(): Promise<void> {
  const previousPids = extensionHostPids();
  expect(previousPids).not.toEqual([]);
  for (const pid of previousPids) {
    process.kill(pid, "SIGKILL");
  }
  await waitForNewExtensionHost(previousPids);
}
