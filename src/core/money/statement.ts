import type { Job } from "../jobs/job.ts";
import { plausibleCost } from "../jobs/jobCost.ts";
import { localDateOf } from "../timeSpan.ts";
import { toCsv } from "./csv.ts";
import { usesRealMoney } from "./realMoney.ts";
import { groupJobs, spendingOf, totalUsd } from "./spending.ts";
import { sumUsd } from "./usd.ts";

/**
 * The jobs of a statement, newest first: those that cost real money or brought pictures. Refused
 * ones cost nothing.
 */
const statementJobs = (jobs: readonly Job[]): Job[] =>
  jobs
    .filter((job) => usesRealMoney(job) && (totalUsd(spendingOf(job)) > 0 || job.pictures.length > 0))
    .sort((one, other) => other.createdAt - one.createdAt);

/** The requested shape as one word: `2720x1536`, `2k` or `like-reference`. */
function formatShape({ shape }: Job["request"]): string {
  if (shape === "like-reference") {
    return shape;
  }
  return "resolution" in shape ? shape.resolution : `${shape.width}x${shape.height}`;
}

const header = [
  "time",
  "day",
  "workspace",
  "model",
  "size",
  "asked",
  "pictures",
  "kept",
  "state",
  "cost",
  "estimate",
  "taskUUID",
] as const;

/**
 * A statement as comma-separated values, one row per job. `cost` is the amount from Runware in USD;
 * `estimate` is what may be added to it, and empty if nothing may. `time` is ISO 8601 in UTC, `day`
 * is local. It has no prompts, because it is meant to be passed on.
 *
 * @param workspaceName the user's name for a workspace by its URI; `undefined` is an unknown
 * workspace.
 */
export function statementCsv(jobs: readonly Job[], workspaceName: (workspace: string | undefined) => string): string {
  const rows = statementJobs(jobs).map((job) => {
    const { spent, estimated, reserved, unknown } = spendingOf(job);
    const estimate = sumUsd([estimated, reserved, unknown]);
    const hasReportedCost = job.pictures.some((picture) => plausibleCost(job, picture) !== undefined);
    return [
      new Date(job.createdAt).toISOString(),
      localDateOf(job.createdAt),
      workspaceName(job.workspace),
      job.model,
      formatShape(job.request),
      job.request.count,
      job.pictures.length,
      job.pictures.filter(({ kept }) => kept.length > 0).length,
      job.state,
      hasReportedCost ? spent : "",
      estimate > 0 ? estimate : "",
      job.taskUUID,
    ];
  });
  return toCsv([header, ...rows]);
}

/**
 * The tables of a statement: days and months with the latest first, the others with the most
 * expensive first.
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
    /** Jobs with missing results that may have been billed. */
    unknown: listedJobs.filter((job) => spendingOf(job).unknown > 0),
    /** The sum for job files that cannot be read; absent if there are none. */
    unreadable: groupJobs(
      listedJobs.filter((job) => job.unreadable !== undefined),
      () => "",
    )[0],
  };
}
