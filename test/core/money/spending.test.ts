import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { Failure, Job } from "../../../src/core/jobs/job.ts";
import { costOf } from "../../../src/core/jobs/jobCost.ts";
import {
  groupJobs,
  type Spending,
  spendingIn,
  spendingOf,
  sumSpending,
  totalUsd,
} from "../../../src/core/money/spending.ts";
import { sumUsd } from "../../../src/core/money/usd.ts";
import { dayAround, localDateOf, monthAround } from "../../../src/core/timeSpan.ts";
import { openPaidJob, paidJob } from "../support/paidJob.ts";

/** A failure as an earlier version stored it, without `billed`. */
const failure: Failure = { code: "contentModeration", message: "Stopped." };
const freeFailure: Failure = { ...failure, billed: "no" };
const maybeBilledFailure: Failure = { ...failure, billed: "maybe" };
const spending = (more: Partial<Spending> = {}): Spending => ({
  spent: 0,
  estimated: 0,
  reserved: 0,
  unknown: 0,
  ...more,
});

describe("A job counts", () => {
  test.each<[string, Job, Spending]>([
    ["the service's cost, whatever the estimate", paidJob({ costs: [0.031] }), spending({ spent: 0.031 })],
    ["all of it as reserved during the send", openPaidJob(4, { state: "sending" }), spending({ reserved: 0.112 })],
    [
      "the pictures that arrived once, and the rest as reserved",
      openPaidJob(4, { costs: [0.028] }),
      spending({ spent: 0.028, reserved: 0.084 }),
    ],
    [
      "nothing more for a picture above the estimate",
      openPaidJob(2, { costs: [0.1] }),
      spending({ spent: 0.1, reserved: 0.028 }),
    ],
    [
      "a picture without its cost as an estimate",
      paidJob({ costs: [0.03, undefined] }),
      spending({ spent: 0.03, estimated: 0.028 }),
    ],
    ["as unknown if the outcome is unknown", openPaidJob(2, { state: "unknown" }), spending({ unknown: 0.056 })],
    ["a missing result as unknown", paidJob({ count: 3 }), spending({ spent: 0.028, unknown: 0.056 })],
    [
      "nothing for results without cost",
      paidJob({ count: 3, failures: [freeFailure, freeFailure] }),
      spending({ spent: 0.028 }),
    ],
    [
      "a failed result as one that may have been billed",
      paidJob({ count: 3, failures: [maybeBilledFailure, freeFailure] }),
      spending({ spent: 0.028, unknown: 0.028 }),
    ],
    [
      "a failure as nothing only after the job has ended",
      openPaidJob(2, { failures: [freeFailure] }),
      spending({ reserved: 0.056 }),
    ],
    ["nothing if it was refused", openPaidJob(4, { state: "failed", failures: [freeFailure] }), spending()],
    [
      "all of it as unknown if it failed after it was accepted",
      openPaidJob(4, { state: "failed", failures: [maybeBilledFailure] }),
      spending({ unknown: 0.112 }),
    ],
    [
      "what may have been billed of a job that failed in two ways",
      openPaidJob(4, { state: "failed", failures: [maybeBilledFailure, freeFailure] }),
      spending({ unknown: 0.084 }),
    ],
    [
      "a failure of an earlier version by its code, which may have been billed",
      openPaidJob(1, { state: "failed", failures: [failure] }),
      spending({ unknown: 0.028 }),
    ],
    [
      "a failure of an earlier version by its code, which is never billed",
      openPaidJob(1, { state: "failed", failures: [{ code: "insufficientCredits", message: "" }] }),
      spending(),
    ],
    [
      "a job that failed without a failure as unknown",
      openPaidJob(1, { state: "failed" }),
      spending({ unknown: 0.028 }),
    ],
    [
      "an estimate for a cost below zero",
      paidJob({ costs: [-5, 0.028] }),
      spending({ spent: 0.028, estimated: 0.028 }),
    ],
    ["an estimate for a cost of a billion", paidJob({ costs: [1e9] }), spending({ estimated: 0.028 })],
    ["an estimate for a cost that is no number", paidJob({ costs: [Number.NaN] }), spending({ estimated: 0.028 })],
    ["a price that has risen, up to a hundred times", paidJob({ costs: [2.8] }), spending({ spent: 2.8 })],
    [
      "nothing below zero if failures are reported twice",
      paidJob({ count: 1, failures: [failure] }),
      spending({ spent: 0.028 }),
    ],
    [
      "what may have been billed if it is forgotten while it runs",
      openPaidJob(2, { forgotten: true }),
      spending({ unknown: 0.056 }),
    ],
    ["its cost if it is forgotten", paidJob({ forgotten: true }), spending({ spent: 0.028 })],
  ])("%s", (_, job, expected) => {
    expect(spendingOf(job)).toEqual(expected);
  });

  test("the same total while its pictures arrive at the estimated price", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.boolean(), { maxLength: 20 }), (count, reported) => {
        const costs = reported.slice(0, count).map((isReported) => (isReported ? 0.028 : undefined));
        for (const state of ["sending", "running", "unknown"] as const) {
          expect(totalUsd(spendingOf(openPaidJob(count, { costs, state })))).toBe(paidJob({ count }).estimate);
        }
      }),
    );
  });
});

test("An implausible cost is not shown as the price", () => {
  expect(costOf(paidJob({ costs: [0.028, -5] }))).toBeUndefined();
  expect(costOf(paidJob({ costs: [1e9] }))).toBeUndefined();
});

test("The cost of only some pictures is not shown as the price", () => {
  expect(costOf(paidJob({ costs: [0.028, 0.03] }))).toBe(0.058);
  expect(costOf(paidJob({ costs: [0.028, undefined] }))).toBeUndefined();
  expect(costOf(openPaidJob(1))).toBeUndefined();
});

describe("Sums", () => {
  test("have no rounding drift", () => {
    expect(sumUsd([0.1, 0.2])).toBe(0.3);
    expect(sumSpending(Array.from({ length: 1000 }, () => paidJob({ costs: [0.0013] }))).spent).toBe(1.3);
  });

  test("are exact to a millionth in any order", () => {
    const micros = fc.integer({ min: 0, max: 50_000_000 });
    fc.assert(
      fc.property(fc.array(micros, { maxLength: 200 }), (all) => {
        const exact = all.reduce((sum, one) => sum + BigInt(one), 0n);
        const usd = all.map((one) => one / 1e6);
        expect(BigInt(Math.round(sumUsd(usd) * 1e6))).toBe(exact);
        expect(sumUsd(usd.toReversed())).toBe(sumUsd(usd));
      }),
    );
  });

  test("exclude the sandbox", () => {
    const jobs = [paidJob(), paidJob({ endpoint: "sandbox", costs: [5] })];
    expect(spendingIn(jobs, dayAround(jobs[0]?.createdAt ?? 0))).toEqual(spending({ spent: 0.028 }));
  });

  test("of a time span include its first moment and exclude the first of the next span", () => {
    const span = dayAround(paidJob().createdAt);
    for (const [createdAt, spent] of [
      [span.from - 1, 0],
      [span.from, 0.028],
      [span.to - 1, 0.028],
      [span.to, 0],
    ] as const) {
      expect(spendingIn([paidJob({ createdAt })], span).spent).toBe(spent);
    }
  });

  test("of groups add up to the total, with counts of kept and received pictures", () => {
    const jobs = [
      paidJob({ workspace: "file:///a", costs: [0.028, 0.028, 0.028], kept: 2 }),
      paidJob({ workspace: "file:///b", costs: [undefined] }),
      paidJob({ workspace: "file:///a", costs: [0.028], kept: 1 }),
    ];
    expect(groupJobs(jobs, ({ workspace = "" }) => workspace)).toEqual([
      { key: "file:///a", spending: spending({ spent: 0.112 }), jobCount: 2, pictureCount: 4, keptCount: 3 },
      { key: "file:///b", spending: spending({ estimated: 0.028 }), jobCount: 1, pictureCount: 1, keptCount: 0 },
    ]);
  });
});

/** Time zones whose clocks change at different hours, by half an hour, at midnight, or never. */
const zones = [
  ...["UTC", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo"],
  ...["America/Santiago", "Asia/Kolkata", "Pacific/Kiritimati"],
] as const;

describe("A day", () => {
  const { TZ } = process.env;
  afterEach(() => {
    process.env.TZ = TZ;
  });
  const hoursOfDay = (iso: string): number => {
    const { from, to } = dayAround(Date.parse(iso));
    return (to - from) / 3_600_000;
  };

  test("is the user's local day, and has 23 or 25 hours when the clocks change", () => {
    process.env.TZ = "Europe/Berlin";
    expect([hoursOfDay("2026-03-29T12:00Z"), hoursOfDay("2026-10-25T12:00Z"), hoursOfDay("2026-07-01T12:00Z")]).toEqual(
      [23, 25, 24],
    );
    // A quarter past midnight in Berlin is still yesterday in UTC.
    expect(localDateOf(Date.parse("2026-06-30T22:15Z"))).toBe("2026-07-01");
    expect(new Date(monthAround(Date.parse("2026-06-30T22:15Z")).from).toISOString()).toBe("2026-06-30T22:00:00.000Z");
  });

  test.each(zones)("in %s contains exactly the moments of its date, and ends when the next starts", (zone) => {
    process.env.TZ = zone;
    const moment = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2034, 0) });
    fc.assert(
      fc.property(moment, (at) => {
        for (const [around, name] of [
          [dayAround, localDateOf],
          [monthAround, (when: number) => localDateOf(when).slice(0, 7)],
        ] as const) {
          const { from, to } = around(at);
          expect(from <= at && at < to).toBe(true);
          expect([name(from), name(to - 1)]).toEqual([name(at), name(at)]);
          expect([name(from - 1), name(to)]).not.toContain(name(at));
          expect(around(to).from).toBe(to);
        }
      }),
    );
  });
});
