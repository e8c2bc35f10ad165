import { createHook } from "node:async_hooks";

/** Timers that were set by code of one kind and have neither fired for good nor been cleared. */
export interface TimerWatch {
  /** Where each of them was set. */
  running(): readonly string[];
  stop(): void;
}

/** Watches the timers of this process, unreferenced ones among them, that are set under a file whose path matches `ours`. */
export function watchTimers(ours: RegExp): TimerWatch {
  const set = new Map<number, string>();
  const hook = createHook({
    init(id, type) {
      const { stack = "" } = type === "Timeout" ? new Error("A timer was set here.") : {};
      const place = stack.split("\n").find((line) => ours.test(line));
      if (place !== undefined) set.set(id, place.trim());
    },
    destroy: (id) => void set.delete(id),
  });
  hook.enable();
  return { running: () => [...set.values()], stop: () => void hook.disable() };
}
