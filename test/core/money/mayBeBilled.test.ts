import { describe, expect, test } from "vitest";
import { mayBeBilled, spendingOf } from "../../../src/core/money/spending.ts";
import { buy, openShop } from "../support/paidSetUp.ts";
import { isPoll, isSend } from "../support/setUp.ts";

describe("A job that failed after it was accepted", () => {
  const prompt = "A hut [sandbox:error=providerError]";

  test("may have been billed, so it counts: a budget for two lets no third one through", async () => {
    const { world, window, sends } = await openShop({ perDay: 0.06 });
    const jobs = await window();
    for (const _ of [1, 2]) {
      await expect(buy(world, jobs, 1, { prompt })).rejects.toMatchObject({ kind: "upstream", billed: "maybe" });
    }
    await expect(buy(world, jobs, 1, { prompt })).rejects.toThrow("May have been billed: about $0.056.");
    expect(sends()).toHaveLength(2);
    expect(jobs.journal.list().map((job) => [job.state, job.failures[0]?.billed, mayBeBilled(job)])).toEqual([
      ["failed", "maybe", true],
      ["failed", "maybe", true],
    ]);
  });

  test("leaves its receipt if it is forgotten", async () => {
    const { world, window } = await openShop({ perDay: 0.03 });
    const jobs = await window();
    await buy(world, jobs, 1, { prompt }).catch(() => undefined);
    await jobs.journal.forget(jobs.journal.list()[0]?.taskUUID ?? "");
    expect(jobs.journal.list()).toEqual([]);
    await expect(buy(world, jobs, 1)).rejects.toMatchObject({ kind: "budget" });
  });

  test("for a fault of the request counts nothing, and says so", async () => {
    const { world, window } = await openShop({});
    const jobs = await window();
    const failing = buy(world, jobs, 1, { prompt: "A hut [sandbox:error=invalidPositivePrompt]" });
    await expect(failing).rejects.toMatchObject({ billed: "no" });
    expect(jobs.journal.list().map((job) => [job.state, mayBeBilled(job)])).toEqual([["failed", false]]);
  });
});

describe("A job that was refused", () => {
  test("before it was accepted counts nothing, also when nobody could be reached", async () => {
    const { world, window, front } = await openShop({ perDay: 0.03 });
    const jobs = await window();
    await expect(buy(world, jobs, 1, { prompt: "A hut [sandbox:refuse=insufficientCredits]" })).rejects.toThrow();
    front.setRule((seen) => (isSend(seen) ? { cut: "before" } : undefined));
    await expect(jobs.checkAgain("nothing", new AbortController().signal)).rejects.toThrow();
    front.setRule(() => undefined);
    expect(jobs.journal.list().map(mayBeBilled)).toEqual([false]);
    await buy(world, jobs, 1);
  });
});

describe("A cost that cannot be", () => {
  test.each([-5, 1e9, 2.81])("is noted and named, and the estimate is counted: %d", async (cost) => {
    const { world, window, front } = await openShop({ perDay: 0.06 });
    const jobs = await window();
    const change = (body: string) => body.replace(/"cost":[^,}]*/g, `"cost":${cost}`);
    front.setRule((seen) => (isPoll(seen) ? { change } : undefined));
    const { job, cost: told } = await buy(world, jobs, 1);
    expect(told).toBeUndefined();
    expect(job.pictures).toMatchObject([{ claimedCost: cost }]);
    expect(job.pictures[0]).not.toHaveProperty("cost");
    expect(spendingOf(job)).toEqual({ spent: 0, estimated: 0.028, reserved: 0, unknown: 0 });
    expect(world.lines.filter((line) => line.includes(`cost ${cost} USD. That is not plausible`))).toHaveLength(1);
    await buy(world, jobs, 1);
    await expect(buy(world, jobs, 1)).rejects.toThrow("Spent: $0.056, of which about $0.056 is estimated.");
  });
});
