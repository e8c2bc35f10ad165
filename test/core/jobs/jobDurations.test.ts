import { describe, expect, test } from "vitest";
import { firstPollAge, JobDurations, type TimedJob } from "../../../src/core/jobs/jobDurations.ts";
import { family } from "../../../src/core/models/family.ts";
import { longestWait } from "../../support/serviceTime.ts";
import { setUpTimed } from "../support/timedSetUp.ts";

const repeat = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

/** Durations within a seventh of `middle`, in an order of no meaning. */
const around = (middle: number, count = 20): number[] =>
  Array.from({ length: count }, (_, index) => middle * (0.86 + (0.28 * ((index * 7) % count)) / count));

describe("The first poll", () => {
  test.each([
    ["less than ten jobs", repeat(9, 30_000), 0],
    ["equal jobs", repeat(10, 8000), 7200],
    ["slow jobs, at most as late as any other poll", repeat(20, 90_000), 10_000],
    ["jobs with one slow exception", [...repeat(19, 8000), 900_000], 7200],
    ["jobs with one fast exception", [...repeat(19, 8000), 1000], 112.5],
    ["jobs of very different durations", [4, 9, 13, 18, 22, 27, 31, 36, 40, 45].map((s) => s * 1000), 533],
  ])("after %s is at the right age", (_, durations, age) => {
    expect(firstPollAge(durations)).toBeCloseTo(age, 0);
  });

  test("depends on the latest twenty jobs of the same endpoint, model, tier and count", () => {
    const job: TimedJob = {
      endpoint: "api",
      model: family[0].id,
      request: { shape: { width: 1024, height: 1024 }, count: 1 },
    };
    const timed = (firstPictureAfter: number, more: Partial<TimedJob> = {}): TimedJob => ({
      ...job,
      firstPictureAfter,
      ...more,
    });
    const stored = [
      ...repeat(5, 8000).map((ms) => timed(ms)),
      ...repeat(5, 8000).map((ms) => timed(ms, { request: { shape: { width: 1248, height: 832 }, count: 1 } })),
      job,
      timed(1, { endpoint: "sandbox" }),
      timed(1, { model: "another" }),
      timed(1, { request: { shape: { resolution: "2k" }, count: 1 } }),
      timed(1, { request: { ...job.request, count: 2 } }),
    ];
    const durations = new JobDurations(family, () => stored);
    expect(durations.firstPollAge(job)).toBe(7200);
    expect(durations.firstPollAge(timed(0, { request: { ...job.request, count: 2 } }))).toBe(0);
    for (const ms of repeat(20, 5000)) {
      durations.add(timed(ms));
    }
    durations.add(job);
    expect(durations.firstPollAge(job)).toBe(4500);
  });
});

describe("Jobs whose duration is known", () => {
  test("are polled later, also after a restart, and their pictures wait no longer", async () => {
    const { openEmptyWindow, openWindow, buy } = await setUpTimed();
    const jobs = openEmptyWindow();
    for (const serviceTime of around(30_000, 12)) {
      await buy(jobs, serviceTime);
    }
    const { polls: usual } = await buy(openEmptyWindow(), 28_300);
    expect(usual[0]).toBe(1000);
    for (const window of [jobs, await openWindow()]) {
      const { polls, wait, serviceTime } = await buy(window, 28_300);
      expect(polls[0]).toBe(10_000);
      expect(polls.length).toBeLessThanOrEqual(usual.length - 8);
      expect(wait).toBeLessThanOrEqual(longestWait(serviceTime));
    }
  });

  test.each([
    ["the longest first", (index: number) => 31 - index],
    ["in an order of no meaning", (index: number) => (index * 13 + 25) % 32],
  ])("of very different durations wait no longer, %s", async (_, orderOf) => {
    const { openEmptyWindow, buy } = await setUpTimed();
    const jobs = openEmptyWindow();
    for (let index = 0; index < 32; index++) {
      const { wait, serviceTime } = await buy(jobs, 4030 + orderOf(index) * 1283);
      expect(wait, `${serviceTime} ms`).toBeLessThanOrEqual(longestWait(serviceTime));
    }
  });

  test("wait at most 10 s if the service has become faster, and no longer than usual afterwards", async () => {
    const { openEmptyWindow, buy } = await setUpTimed();
    const jobs = openEmptyWindow();
    for (const serviceTime of around(30_000, 12)) {
      await buy(jobs, serviceTime);
    }
    const waits = [];
    for (const serviceTime of [4100, 4400, 4700, 4300, 4200]) {
      waits.push((await buy(jobs, serviceTime)).wait);
    }
    expect(waits[0]).toBeLessThan(10_000);
    for (const wait of waits.slice(1)) {
      expect(wait).toBeLessThanOrEqual(1000);
    }
  });

  test("that fail early are noticed within 10 s and the polls that confirm it", async () => {
    const { clock, openEmptyWindow, start, buy } = await setUpTimed();
    const jobs = openEmptyWindow();
    for (const serviceTime of around(30_000, 12)) {
      await buy(jobs, serviceTime);
    }
    const startedAt = clock.now();
    const { outcome } = await start(jobs, 2000, undefined, "[sandbox:error=providerError]");
    await expect(outcome).rejects.toMatchObject({ kind: "upstream" });
    expect(clock.now() - startedAt).toBeLessThan(20_000);
  });
});
