import { runInNewContext } from "node:vm";

/**
 * Collects all garbage of this thread, and returns the memory to the system. Only after
 * `--expose-gc`, which only contexts that are created later see; otherwise nothing happens.
 */
export function collectGarbage(): void {
  const collect: typeof globalThis.gc = globalThis.gc ?? runInNewContext("globalThis.gc");
  // A collection of the regular kind keeps the pages for later objects.
  collect?.({ type: "major", flavor: "last-resort", execution: "sync" });
}
