import { createHook } from "node:async_hooks";

/** Pending timers that certain source files have set. */
export interface TimerWatch {
  /** Stack frames at which the pending timers were set. */
  running(): readonly string[];
  stop(): void;
}

/**
 * Watches timers, including unreferenced ones, that are set by source files whose path matches
 * `sourcePattern`.
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
