import { createHook } from "node:async_hooks";

/** Timers that were set by code of one kind and have neither fired for good nor been cleared. */
export interface TimerWatch {
  /** Where each of them was set. */
  running(): readonly string[];
  stop(): void;
}

/**
 * Watches the timers of this process, unreferenced ones among them, that are set under a file whose
 * path matches `ours`.
 */
export function watchTimers(sourcePattern: RegExp): TimerWatch {
  const pendingTimers = new Map<number, string>();
  const hook = createHook({
    init(id, type) {
      const { stack = "" } = type === "Timeout" ? new Error("A timer was set here.") : {};
      const frame = stack.split("\n").find((line) => sourcePattern.test(line));
      if (frame !== undefined) pendingTimers.set(id, frame.trim());
    },
    destroy: (id) => void pendingTimers.delete(id),
  });
  hook.enable();
  return { running: () => [...pendingTimers.values()], stop: () => void hook.disable() };
}
