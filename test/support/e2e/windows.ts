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

/**
 * Waits until the browser has stored this text of an extension's state. VS Code writes it a moment
 * after each change, and the state of webviews once a minute.
 */
export const waitUntilStored = ({ page }: Workbench, text: string): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async (wanted) => {
          const result = <Value>(request: IDBRequest<Value>) =>
            new Promise<Value>((resolve, reject) => {
              request.onsuccess = () => resolve(request.result);
              request.onerror = () => reject(request.error);
            });
          for (const { name = "" } of await indexedDB.databases()) {
            if (!name.startsWith("vscode-web-state-db")) continue;
            const database = await result(indexedDB.open(name));
            const values = await result(database.transaction("ItemTable").objectStore("ItemTable").getAll());
            database.close();
            if (JSON.stringify(values).includes(wanted)) return true;
          }
          return false;
        }, text),
      { timeout: startMs },
    )
    .toBe(true);

/** Kills the extension host with SIGKILL and waits until VS Code has started another one. */
export async function killExtensionHost(): Promise<void> {
  const previousPids = extensionHostPids();
  expect(previousPids).not.toEqual([]);
  for (const pid of previousPids) {
    process.kill(pid, "SIGKILL");
  }
  await waitForNewExtensionHost(previousPids);
}
