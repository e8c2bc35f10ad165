import { seedOf } from "../../src/sandbox/store/derive.ts";
import { jitterOf } from "../../src/sandbox/tasks/acceptedTask.ts";

/**
 * Returns the directive with which the sandbox finishes the first picture of this task after
 * exactly `ms` milliseconds.
 */
export const serviceTimeDirective = (taskUUID: string, ms: number): string =>
  `[sandbox:delay=${(ms / 1000 / jitterOf(seedOf(`${taskUUID}:0`))).toFixed(6)}]`;

/** Maximum wait of a picture at a service that took `ms` milliseconds for it, in milliseconds. */
export const longestWait = (ms: number): number => Math.max(1000, ms / 10);
