import { type AcceptedTask, billedPictureCount } from "../tasks/acceptedTask.ts";

/** The tasks accepted and the money billed, for tests and the account's balance. */
export interface Ledger {
  /** How many times a task was accepted under this UUID: never more than once. */
  acceptedCount(taskUUID: string): number;
  /** How many tasks were accepted. */
  readonly taskCount: number;
  /** USD billed so far. */
  readonly billed: number;
  /** Remaining balance in USD. */
  readonly balance: number;
}

/** A ledger that can be written. */
export interface WritableLedger extends Ledger {
  record(task: AcceptedTask): void;
}

// Whole millionths of a dollar, because sums of 0.028 collect rounding errors.
const toMicros = (dollars: number): number => Math.round(dollars * 1_000_000);

/** USD that the task costs, rounded to a millionth. */
export const taskCost = (task: Pick<AcceptedTask, "request" | "directives" | "price">): number =>
  (billedPictureCount(task) * toMicros(task.price)) / 1_000_000;

/** Creates a ledger with an initial balance in USD. */
export function createLedger(openingBalance: number): WritableLedger {
  const counts = new Map<string, number>();
  let spentMicros = 0;
  return {
    acceptedCount: (taskUUID) => counts.get(taskUUID) ?? 0,
    get taskCount() {
      return counts.size;
    },
    get billed() {
      return spentMicros / 1_000_000;
    },
    get balance() {
      return (toMicros(openingBalance) - spentMicros) / 1_000_000;
    },
    record(task) {
      const { taskUUID } = task.request;
      counts.set(taskUUID, (counts.get(taskUUID) ?? 0) + 1);
      spentMicros += toMicros(taskCost(task));
    },
  };
}
