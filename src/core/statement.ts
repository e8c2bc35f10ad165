import { toCsv } from "./csv.ts";
import { believedCost, type Job } from "./job.ts";
import { costsMoney, dateOf, groupJobs, moneyOf, totalOf } from "./ledger.ts";
import { sumUsd } from "./price.ts";

/** Jobs a statement is made of: real money, or pictures that came for it, the newest first. What was refused cost nothing. */
const statedJobs = (jobs: readonly Job[]): Job[] =>
  jobs
    .filter((job) => costsMoney(job) && (totalOf(moneyOf(job)) > 0 || job.pictures.length > 0))
    .sort((one, other) => other.createdAt - one.createdAt);

/** What was asked for, as one word: `2720x1536`, or how the reference decides. */
function sizeOf({ shape }: Job["request"]): string {
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
 * A statement as comma-separated values, one row a job. `cost` is what Runware said, in USD; `estimate` is what may come on top of it, and
 * empty where nothing may. `time` is ISO 8601 in UTC, `day` the person's own. Prompts are not in it: it is made to be handed on.
 *
 * @param nameOf how a person knows a workspace by its URI; `undefined` stands for one that is not known.
 */
export function statementCsv(jobs: readonly Job[], nameOf: (workspace: string | undefined) => string): string {
  const rows = statedJobs(jobs).map((job) => {
    const { spent, estimated, reserved, unknown } = moneyOf(job);
    const about = sumUsd([estimated, reserved, unknown]);
    const isTold = job.pictures.some((picture) => believedCost(job, picture) !== undefined);
    return [
      ...[new Date(job.createdAt).toISOString(), dateOf(job.createdAt), nameOf(job.workspace), job.model],
      ...[sizeOf(job.request), job.request.count, job.pictures.length],
      ...[job.pictures.filter(({ kept }) => kept.length > 0).length, job.state],
      ...[isTold ? spent : "", about > 0 ? about : "", job.taskUUID],
    ];
  });
  return toCsv([header, ...rows]);
}

/** A statement's tables, each line with its sum; days and months the latest first, the others the dearest first. */
export function statement(jobs: readonly Job[]) {
  const stated = statedJobs(jobs);
  const byCost = (keyOf: (job: Job) => string) =>
    groupJobs(stated, keyOf).sort((one, other) => totalOf(other.money) - totalOf(one.money));
  return {
    days: groupJobs(stated, ({ createdAt }) => dateOf(createdAt)),
    months: groupJobs(stated, ({ createdAt }) => dateOf(createdAt).slice(0, "2026-02".length)),
    workspaces: byCost(({ workspace = "" }) => workspace),
    models: byCost(({ model }) => model),
    all: groupJobs(stated, () => ""),
    /** Jobs of which something may have been billed that did not come. */
    unknown: stated.filter((job) => moneyOf(job).unknown > 0),
    /** What counts for job files that cannot be read; absent if there are none. */
    unreadable: groupJobs(
      stated.filter((job) => job.unreadable !== undefined),
      () => "",
    )[0],
  };
}
