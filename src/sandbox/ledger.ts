import { kling } from "../core/kling.ts";
import { billedPictures, type Task } from "./task.ts";

/** What was accepted and billed, for tests and for the account's balance. */
export interface Ledger {
  /** How many times a task was accepted under this UUID: never more than once. */
  accepted(taskUUID: string): number;
  /** How many tasks were accepted. */
  readonly tasks: number;
  /** USD billed so far. */
  readonly billed: number;
  /** USD left. */
  readonly balance: number;
}

/** A ledger that can be written. */
export interface WritableLedger extends Ledger {
  enter(task: Task): void;
}

// Whole thousandths of a dollar: sums of 0.028 would drift.
const milli = (dollars: number): number => Math.round(dollars * 1000);

/** USD a task of this size and these directives costs, rounded to a thousandth. */
export const costOf = (task: Pick<Task, "request" | "directives" | "size">): number =>
  (billedPictures(task) * milli(kling.price[task.size.tier])) / 1000;

/** Creates a ledger over an opening balance in USD. */
export function createLedger(opening: number): WritableLedger {
  const counts = new Map<string, number>();
  let spent = 0;
  return {
    accepted: (taskUUID) => counts.get(taskUUID) ?? 0,
    get tasks() {
      return counts.size;
    },
    get billed() {
      return spent / 1000;
    },
    get balance() {
      return (milli(opening) - spent) / 1000;
    },
    enter(task) {
      const { taskUUID } = task.request;
      counts.set(taskUUID, (counts.get(taskUUID) ?? 0) + 1);
      spent += milli(costOf(task));
    },
  };
}
