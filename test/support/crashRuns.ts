import { availableParallelism } from "node:os";
import { type CrashRunOptions, type CrashRunReport, crashRun } from "./crashRun.ts";

const concurrency = Math.max(2, availableParallelism());

/** Minimum numbers of runs in a series. */
export interface Goal {
  /** Runs in which a process was killed. */
  readonly killed: number;
  /** Runs in which a picture was bought. */
  readonly bought: number;
}

/**
 * Starts crash runs, several at a time, until the goal is reached. A kill that comes too early or
 * too late for its run is not repeated. `onReport` is called after each run, with the number of
 * runs so far in which a process was killed.
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
