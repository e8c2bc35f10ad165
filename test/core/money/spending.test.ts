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
import { bought, open } from "../support/paidJob.ts";

/** A failure as an earlier version noted it, without whether it may have been billed. */
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
    ["what the service said, whatever was expected", bought({ costs: [0.031] }), spending({ spent: 0.031 })],
    ["all of it as reserved while it is sent", open(4, { state: "sending" }), spending({ reserved: 0.112 })],
    [
      "what has come once, and the rest as reserved",
      open(4, { costs: [0.028] }),
      spending({ spent: 0.028, reserved: 0.084 }),
    ],
    [
      "nothing more for a picture that was dearer",
      open(2, { costs: [0.1] }),
      spending({ spent: 0.1, reserved: 0.028 }),
    ],
    [
      "a picture without its cost as an estimate",
      bought({ costs: [0.03, undefined] }),
      spending({ spent: 0.03, estimated: 0.028 }),
    ],
    ["as of unknown outcome where nobody knows", open(2, { state: "unknown" }), spending({ unknown: 0.056 })],
    [
      "a result nobody heard of as of unknown outcome",
      bought({ count: 3 }),
      spending({ spent: 0.028, unknown: 0.056 }),
    ],
    [
      "nothing for results that cost nothing",
      bought({ count: 3, failures: [freeFailure, freeFailure] }),
      spending({ spent: 0.028 }),
    ],
    [
      "a result that failed as one that may have been billed",
      bought({ count: 3, failures: [maybeBilledFailure, freeFailure] }),
      spending({ spent: 0.028, unknown: 0.028 }),
    ],
    ["a failure as nothing only once it is over", open(2, { failures: [freeFailure] }), spending({ reserved: 0.056 })],
    ["nothing where it was refused", open(4, { state: "failed", failures: [freeFailure] }), spending()],
    [
      "all of it as of unknown outcome where it failed after it was accepted",
      open(4, { state: "failed", failures: [maybeBilledFailure] }),
      spending({ unknown: 0.112 }),
    ],
    [
      "what may have been billed of a job that failed in two ways",
      open(4, { state: "failed", failures: [maybeBilledFailure, freeFailure] }),
      spending({ unknown: 0.084 }),
    ],
    [
      "a failure that an earlier version noted by its code, which may have been billed",
      open(1, { state: "failed", failures: [failure] }),
      spending({ unknown: 0.028 }),
    ],
    [
      "a failure that an earlier version noted by its code, which is never billed",
      open(1, { state: "failed", failures: [{ code: "insufficientCredits", message: "" }] }),
      spending(),
    ],
    [
      "a job that failed without a word as of unknown outcome",
      open(1, { state: "failed" }),
      spending({ unknown: 0.028 }),
    ],
    ["an estimate for a cost below zero", bought({ costs: [-5, 0.028] }), spending({ spent: 0.028, estimated: 0.028 })],
    ["an estimate for a cost of a billion", bought({ costs: [1e9] }), spending({ estimated: 0.028 })],
    ["an estimate for a cost that is no number", bought({ costs: [Number.NaN] }), spending({ estimated: 0.028 })],
    ["a price that has risen, up to a hundred times", bought({ costs: [2.8] }), spending({ spent: 2.8 })],
    [
      "nothing below zero where failures are told twice",
      bought({ count: 1, failures: [failure] }),
      spending({ spent: 0.028 }),
    ],
    [
      "what may have been billed where it is forgotten while it runs",
      open(2, { forgotten: true }),
      spending({ unknown: 0.056 }),
    ],
    ["what it cost where it is forgotten", bought({ forgotten: true }), spending({ spent: 0.028 })],
  ])("%s", (_, job, expected) => {
    expect(spendingOf(job)).toEqual(expected);
  });

  test("the same in all while its pictures come in at the price that was expected", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.boolean(), { maxLength: 20 }), (count, reported) => {
        const costs = reported.slice(0, count).map((isReported) => (isReported ? 0.028 : undefined));
        for (const state of ["sending", "running", "unknown"] as const) {
          expect(totalUsd(spendingOf(open(count, { costs, state })))).toBe(bought({ count }).estimate);
        }
      }),
    );
  });
});

test("A cost that cannot be is not told as the price", () => {
  expect(costOf(bought({ costs: [0.028, -5] }))).toBeUndefined();
  expect(costOf(bought({ costs: [1e9] }))).toBeUndefined();
});

test("A part of what the pictures cost is not told as the price", () => {
  expect(costOf(bought({ costs: [0.028, 0.03] }))).toBe(0.058);
  expect(costOf(bought({ costs: [0.028, undefined] }))).toBeUndefined();
  expect(costOf(open(1))).toBeUndefined();
});

describe("Sums", () => {
  test("do not drift", () => {
    expect(sumUsd([0.1, 0.2])).toBe(0.3);
    expect(sumSpending(Array.from({ length: 1000 }, () => bought({ costs: [0.0013] }))).spent).toBe(1.3);
  });

  test("are exact to a millionth, whatever the order", () => {
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

  test("leave the sandbox's play money out", () => {
    const jobs = [bought(), bought({ endpoint: "sandbox", costs: [5] })];
    expect(spendingIn(jobs, dayAround(jobs[0]?.createdAt ?? 0))).toEqual(spending({ spent: 0.028 }));
  });

  test("of a span hold what began at its first moment, and not what began at the next one's", () => {
    const span = dayAround(bought().createdAt);
    for (const [createdAt, spent] of [
      [span.from - 1, 0],
      [span.from, 0.028],
      [span.to - 1, 0.028],
      [span.to, 0],
    ] as const) {
      expect(spendingIn([bought({ createdAt })], span).spent).toBe(spent);
    }
  });

  test("of groups are the sum of all, with what was kept of what came", () => {
    const jobs = [
      bought({ workspace: "file:///a", costs: [0.028, 0.028, 0.028], kept: 2 }),
      bought({ workspace: "file:///b", costs: [undefined] }),
      bought({ workspace: "file:///a", costs: [0.028], kept: 1 }),
    ];
    expect(groupJobs(jobs, ({ workspace = "" }) => workspace)).toEqual([
      { key: "file:///a", spending: spending({ spent: 0.112 }), jobCount: 2, pictureCount: 4, keptCount: 3 },
      { key: "file:///b", spending: spending({ estimated: 0.028 }), jobCount: 1, pictureCount: 1, keptCount: 0 },
    ]);
  });
});

/**
 * Zones in which the clocks are changed at different hours, by half an hour, at midnight, or never.
 */
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

  test("is the person's own, and has 23 or 25 hours where the clocks are changed", () => {
    process.env.TZ = "Europe/Berlin";
    expect([hoursOfDay("2026-03-29T12:00Z"), hoursOfDay("2026-10-25T12:00Z"), hoursOfDay("2026-07-01T12:00Z")]).toEqual(
      [23, 25, 24],
    );
    // A quarter past midnight in Berlin is still yesterday in UTC.
    expect(localDateOf(Date.parse("2026-06-30T22:15Z"))).toBe("2026-07-01");
    expect(new Date(monthAround(Date.parse("2026-06-30T22:15Z")).from).toISOString()).toBe("2026-06-30T22:00:00.000Z");
  });

  test.each(zones)("in %s holds every moment of its date and no other, and ends where the next begins", (zone) => {
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
