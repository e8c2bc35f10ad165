import { availableParallelism } from "node:os";
import { type CrashRunOptions, type CrashRunReport, crashRun } from "./crashRun.ts";

const concurrency = Math.max(2, availableParallelism());

/** How much must have been proved. */
export interface Goal {
  /** Runs that were killed. */
  readonly killed: number;
  /** Runs in which something was bought. */
  readonly bought: number;
}

/**
 * Runs on, a few at a time, until the goal is reached: when a kill comes is up to the machine too,
 * and a run whose moment came too early or too late proves less than others, but counts. `hear` is
 * told of each, and how many were killed so far.
 */
export async function crashRuns(
  options: CrashRunOptions,
  seed: string,
  goal: Goal,
  onReport: (report: CrashRunReport, killed: number) => void = () => undefined,
): Promise<readonly CrashRunReport[]> {
  const reports: CrashRunReport[] = [];
  const killed = () => reports.filter(({ kills }) => kills > 0).length;
  const isReached = () => killed() >= goal.killed && reports.filter(({ bought }) => bought > 0).length >= goal.bought;
  let index = 0;
  const worker = async () => {
    while (!isReached()) {
      const report = await crashRun(options, `${seed}-${index++}`);
      reports.push(report);
      onReport(report, killed());
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return reports;
}
