import { availableParallelism } from "node:os";
import { crashRun, type Report, type Setting } from "./crashRun.ts";

const lanes = Math.max(2, availableParallelism());

/** How much must have been proved. */
export interface Goal {
  /** Runs that were killed. */
  readonly killed: number;
  /** Runs in which something was bought. */
  readonly bought: number;
}

/**
 * Runs on, a few at a time, until the goal is reached: when a kill comes is up to the machine too, and a run whose moment came too early or too late
 * proves less than others, but counts. `hear` is told of each, and how many were killed so far.
 */
export async function crashRuns(
  setting: Setting,
  seed: string,
  goal: Goal,
  hear: (report: Report, killed: number) => void = () => undefined,
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  const killed = () => reports.filter(({ kills }) => kills > 0).length;
  const isReached = () => killed() >= goal.killed && reports.filter(({ bought }) => bought > 0).length >= goal.bought;
  let index = 0;
  const lane = async () => {
    while (!isReached()) {
      const report = await crashRun(setting, `${seed}-${index++}`);
      reports.push(report);
      hear(report, killed());
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return reports;
}
