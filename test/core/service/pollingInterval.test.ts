import { describe, expect, test } from "vitest";
import { longestWait } from "../../support/serviceTime.ts";
import { isPoll, neverAborted, respondWith } from "../support/setUp.ts";
import { setUpTimed } from "../support/timedSetUp.ts";

const seconds = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => Math.round((from + index * step) * 1000));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The times between polls. */
const gaps = (polls: readonly number[]): number[] => polls.slice(1).map((age, index) => age - (polls[index] ?? 0));

/** Service times in milliseconds, none a multiple of the interval. */
const serviceTimes = seconds(4.03, 45, 1.73);

describe("A finished picture", () => {
  test.each([0, 300])(
    "waits at the service at most 1 s or a tenth of its time, with %i ms a request",
    async (roundTrip) => {
      const { openEmptyWindow, buy } = await setUpTimed({ roundTrip });
      const waits: number[] = [];
      for (const serviceTime of [...serviceTimes, 61_000, 87_000, 120_000]) {
        const { wait, polls } = await buy(openEmptyWindow(), serviceTime);
        expect(wait, `${serviceTime} ms`).toBeLessThanOrEqual(longestWait(serviceTime));
        expect(Math.min(...gaps(polls)), `${serviceTime} ms`).toBeGreaterThanOrEqual(1000);
        expect(polls.length, `${serviceTime} ms`).toBeLessThanOrEqual(50);
        waits.push(wait);
      }
      expect(sum(waits.slice(0, serviceTimes.length)) / sum(serviceTimes)).toBeLessThanOrEqual(0.05);
    },
  );

  test("waits no longer if an older job is polled rarely", async () => {
    const { openEmptyWindow, startIn, start, pickUpOf } = await setUpTimed();
    const jobs = openEmptyWindow();
    const purchases = await Promise.all([
      start(jobs, 150_000),
      startIn(60_700, jobs, 4300),
      startIn(63_100, jobs, 11_200),
      startIn(128_900, jobs, 4700),
    ]);
    await Promise.all(purchases.map(({ outcome }) => outcome));
    for (const { serviceTime, wait } of purchases.map(({ id }) => pickUpOf(id))) {
      expect(wait, `${serviceTime} ms`).toBeLessThanOrEqual(longestWait(serviceTime));
    }
  });

  test("of a resumed job waits no longer", async () => {
    for (const [serviceTime, stoppedAt, resumedAfter] of [
      [30_000, 9000, 4000],
      [45_000, 9000, 30_000],
      [120_000, 60_000, 41_000],
    ] as const) {
      const { clock, openEmptyWindow, openWindow, start, pickUpOf } = await setUpTimed();
      const stop = new AbortController();
      clock.plan(stoppedAt, async () => stop.abort());
      const { id, outcome } = await start(openEmptyWindow(), serviceTime, stop.signal);
      await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
      clock.advance(resumedAfter);
      await (await openWindow()).checkAgain(id, neverAborted);
      expect(pickUpOf(id).wait, `${serviceTime} ms`).toBeLessThanOrEqual(longestWait(serviceTime));
    }
  });
});

describe("A resumed job", () => {
  test.each([
    ["finished long ago", 3_600_000, 1000, 1],
    ["not finished, after the clock was set forward,", 86_400_000, 20_000, 6],
  ])("%s is polled in growing intervals from 1 s", async (_, elapsed, serviceTime, pollCount) => {
    const { clock, faultProxy, openEmptyWindow, openWindow, start, polledAt } = await setUpTimed();
    const stop = new AbortController();
    clock.plan(900, async () => stop.abort());
    const { id, outcome } = await start(openEmptyWindow(), serviceTime, stop.signal);
    await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    clock.advance(elapsed);
    let polls = 0;
    faultProxy.setRule((request) => (isPoll(request) && ++polls < pollCount ? respondWith({ data: [] }) : undefined));
    const resumedAt = clock.now();
    await (await openWindow()).checkAgain(id, neverAborted);
    const times = polledAt.map(({ time }) => time - resumedAt);
    expect(times).toHaveLength(pollCount);
    expect(gaps([0, ...times])).toEqual([1000, 1500, 2250, 3375, 5063, 7595].slice(0, pollCount));
  });
});

describe("Many running jobs", () => {
  test("are polled together, as often as one of the same age", async () => {
    const count = async (jobCount: number): Promise<number> => {
      const { openEmptyWindow, start, startIn, polledAt } = await setUpTimed();
      const jobs = openEmptyWindow();
      const first = start(jobs, 20_000);
      const others = Array.from({ length: jobCount - 1 }, () => startIn(0, jobs, 20_000));
      const purchases = await Promise.all([first, ...others]);
      await Promise.all(purchases.map(({ outcome }) => outcome));
      return polledAt.length;
    };
    const [many, one] = [await count(40), await count(1)];
    expect(many).toBeLessThanOrEqual(1.2 * one);
  });
});

describe("Polls without an answer", () => {
  test.each([
    ["a cut connection", { cut: "before" as const }],
    ["HTTP 503 with an error", respondWith({ errors: [{ code: "serviceUnavailable", message: "Later." }] }, 503)],
    ["HTTP 429", respondWith({ errors: [{ code: "rateLimitExceeded", message: "Slowly." }] }, 429)],
  ])("because of %s get rarer, up to 10 s, and as frequent as before when one is answered", async (_, action) => {
    const { clock, faultProxy, openEmptyWindow, start, pickUpOf } = await setUpTimed();
    const { id, outcome } = await start(openEmptyWindow(), 72_400);
    const sent = clock.now();
    const isOut = () => clock.now() - sent > 3500 && clock.now() - sent < 60_000;
    faultProxy.setRule((request) => (isPoll(request) && isOut() ? action : undefined));
    await outcome;
    const { polls, wait } = pickUpOf(id);
    const between = gaps(polls);
    expect(between.slice(0, 10)).toEqual([1000, 1000, 1000, 1500, 2250, 3375, 5063, 7595, 10_000, 10_000]);
    expect(Math.max(...between)).toBe(10_000);
    expect(between.at(-1)).toBeLessThan(7000);
    expect(wait).toBeLessThanOrEqual(longestWait(72_400));
  });
});

describe("A slow answer", () => {
  test("is followed by a pause", async () => {
    const { openEmptyWindow, buy } = await setUpTimed({ roundTrip: 3000 });
    const { polls } = await buy(openEmptyWindow(), 30_000);
    expect(Math.min(...gaps(polls))).toBe(3500);
  });
});
