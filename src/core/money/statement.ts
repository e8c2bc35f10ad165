import type { Job } from "../jobs/job.ts";
import { plausibleCost } from "../jobs/jobCost.ts";
import { localDateOf } from "../timeSpan.ts";
import { toCsv } from "./csv.ts";
import { usesRealMoney } from "./realMoney.ts";
import { groupJobs, spendingOf, totalUsd } from "./spending.ts";
import { sumUsd } from "./usd.ts";

/**
 * Jobs a statement is made of: real money, or pictures that came for it, the newest first. What was
 * refused cost nothing.
 */
const statementJobs = (jobs: readonly Job[]): Job[] =>
  jobs
    .filter((job) => usesRealMoney(job) && (totalUsd(spendingOf(job)) > 0 || job.pictures.length > 0))
    .sort((one, other) => other.createdAt - one.createdAt);

/** What was asked for, as one word: `2720x1536`, or how the reference decides. */
function formatShape({ shape }: Job["request"]): string {
  if (shape === "like-reference") {
    return shape;
  }
  return "resolution" in shape ? shape.resolution : `${shape.width}x${shape.height}`;
}

const header = [
  ...["time", "day", "workspace", "model", "size", "asked", "pictures", "kept", "state"],
  ...["cost", "estimate", "taskUUID"],
] as const;

/**
 * A statement as comma-separated values, one row a job. `cost` is what Runware said, in USD;
 * `estimate` is what may come on top of it, and empty where nothing may. `time` is ISO 8601 in UTC,
 * `day` the person's own. Prompts are not in it: it is made to be handed on.
 *
 * @param workspaceName how a person knows a workspace by its URI; `undefined` stands for one that
 * is not known.
 */
export function statementCsv(jobs: readonly Job[], workspaceName: (workspace: string | undefined) => string): string {
  const rows = statementJobs(jobs).map((job) => {
    const { spent, estimated, reserved, unknown } = spendingOf(job);
    const estimate = sumUsd([estimated, reserved, unknown]);
    const hasReportedCost = job.pictures.some((picture) => plausibleCost(job, picture) !== undefined);
    return [
      ...[new Date(job.createdAt).toISOString(), localDateOf(job.createdAt), workspaceName(job.workspace), job.model],
      ...[formatShape(job.request), job.request.count, job.pictures.length],
      ...[job.pictures.filter(({ kept }) => kept.length > 0).length, job.state],
      ...[hasReportedCost ? spent : "", estimate > 0 ? estimate : "", job.taskUUID],
    ];
  });
  return toCsv([header, ...rows]);
}

/**
 * A statement's tables, each line with its sum; days and months the latest first, the others the
 * dearest first.
 */
export function createStatement(jobs: readonly Job[]) {
  const listedJobs = statementJobs(jobs);
  const byCost = (keyOf: (job: Job) => string) =>
    groupJobs(listedJobs, keyOf).sort((one, other) => totalUsd(other.spending) - totalUsd(one.spending));
  return {
    days: groupJobs(listedJobs, ({ createdAt }) => localDateOf(createdAt)),
    months: groupJobs(listedJobs, ({ createdAt }) => localDateOf(createdAt).slice(0, "2026-02".length)),
    workspaces: byCost(({ workspace = "" }) => workspace),
    models: byCost(({ model }) => model),
    all: groupJobs(listedJobs, () => ""),
    /** Jobs of which something may have been billed that did not come. */
    unknown: listedJobs.filter((job) => spendingOf(job).unknown > 0),
    /** What counts for job files that cannot be read; absent if there are none. */
    unreadable: groupJobs(
      listedJobs.filter((job) => job.unreadable !== undefined),
      () => "",
    )[0],
  };
}
