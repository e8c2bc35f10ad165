import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DuplicatePresses } from "../../../src/core/jobs/duplicatePress.ts";
import { startTimer } from "../../../src/host/timer.ts";
import { fuzzRuns } from "../../support/fuzzRuns.ts";

/** Presses that start counted purchases. */
function setUp() {
  const presses = new DuplicatePresses<number>({ timer: startTimer });
  let purchaseCount = 0;
  return {
    presses,
    sold: () => purchaseCount,
    press: (key = "a fox") => presses.press(key, async () => ++purchaseCount),
  };
}

describe("A repeated press for the same request", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("within a second of the last press joins the purchase, however long the key is held", async () => {
    const { press, sold: purchaseCount } = setUp();
    const results: number[] = [];
    for (let held = 0; held < 300; held++) {
      results.push(await press());
      await vi.advanceTimersByTimeAsync(33);
    }
    expect([purchaseCount(), new Set(results)]).toEqual([1, new Set([1])]);
  });

  it("some seconds later starts a new purchase", async () => {
    const { press, sold: purchaseCount } = setUp();
    await press();
    await vi.advanceTimersByTimeAsync(3000);
    await press();
    expect(purchaseCount()).toBe(2);
  });

  it("during preparation joins the purchase, however long that takes", async () => {
    const { presses } = setUp();
    const ready = Promise.withResolvers<number>();
    let prepared = 0;
    const press = () =>
      presses.press("a fox", () => {
        prepared++;
        return ready.promise;
      });
    const both = [press()];
    await vi.advanceTimersByTimeAsync(60_000);
    both.push(press());
    ready.resolve(7);
    expect([await Promise.all(both), prepared]).toEqual([[7, 7], 1]);
  });

  it("just after a long preparation joins the started purchase", async () => {
    const { presses } = setUp();
    let bought = 0;
    const press = () =>
      presses.press("a fox", async (started) => {
        bought++;
        await new Promise((resolve) => setTimeout(resolve, 5000));
        started();
        await new Promise((resolve) => setTimeout(resolve, 60_000));
        return bought;
      });
    void press();
    await vi.advanceTimersByTimeAsync(5500);
    void press();
    expect(bought).toBe(1);
    await vi.advanceTimersByTimeAsync(3000);
    void press();
    expect(bought).toBe(2);
    await vi.runAllTimersAsync();
  });

  it("after a failed send tries again, since nothing was bought", async () => {
    const { presses } = setUp();
    let tried = 0;
    const refused = () => presses.press("a fox", () => Promise.reject(new Error(`refused ${++tried}`)));
    await expect(refused()).rejects.toThrow("refused 1");
    await expect(refused()).rejects.toThrow("refused 2");
    const atOnce = () =>
      presses.press("a fox", () => {
        throw new Error(`no key ${++tried}`);
      });
    await expect(atOnce()).rejects.toThrow("no key 3");
    await expect(atOnce()).rejects.toThrow("no key 4");
  });

  it("after a failure in transit joins it, since it may have been billed", async () => {
    const { presses } = setUp();
    let tried = 0;
    const press = () =>
      presses.press("a fox", async (started) => {
        started();
        throw new Error(`cut ${++tried}`);
      });
    await expect(press()).rejects.toThrow("cut 1");
    await expect(press()).rejects.toThrow("cut 1");
  });

  it("leaves no timer running after the second is over", async () => {
    const { press } = setUp();
    await press();
    await vi.advanceTimersByTimeAsync(3000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("buys once for each series of presses less than a second apart, for any presses and requests", async () => {
    const press = fc.record({ key: fc.constantFrom("fox", "owl", "hut"), after: fc.integer({ min: 0, max: 4000 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(press, { maxLength: 40 }), async (presses) => {
        const { press, sold: purchaseCount } = setUp();
        const last = new Map<string, number>();
        let [now, runs, slack] = [0, 0, 0];
        for (const { key, after } of presses) {
          now += after;
          await vi.advanceTimersByTimeAsync(after);
          const gap = now - (last.get(key) ?? Number.NEGATIVE_INFINITY);
          // Within a second it is always a duplicate; a timer tick or two later it never is.
          runs += gap > 1000 ? 1 : 0;
          slack += gap > 1000 && gap < 1200 ? 1 : 0;
          last.set(key, now);
          await press(key);
        }
        await vi.advanceTimersByTimeAsync(3000);
        expect(purchaseCount()).toBeLessThanOrEqual(runs);
        expect(purchaseCount()).toBeGreaterThanOrEqual(runs - slack);
      }),
      { numRuns: fuzzRuns },
    );
  });
});

describe("A blocked event loop", () => {
  it("still counts the presses that waited for it as one", async () => {
    const { press, sold: purchaseCount } = setUp();
    const buffer = new Int32Array(new SharedArrayBuffer(4));
    await press();
    const waited = new Promise<void>((resolve) => setImmediate(() => setTimeout(resolve, 150)));
    // Both the press and the timer ticks are due now; waiting does not make the press newer.
    Atomics.wait(buffer, 0, 0, 1600);
    await waited;
    await press();
    expect(purchaseCount()).toBe(1);
  });
});
