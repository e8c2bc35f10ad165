import { describe, expect, test } from "vitest";
import { sandboxEndpointName } from "../../../src/core/money/realMoney.ts";
import { mayBeBilled, spendingOf } from "../../../src/core/money/spending.ts";
import { buy, setUpPaid } from "../support/paidSetUp.ts";
import { isPoll, isSend, respondWith, setUp } from "../support/setUp.ts";

const prompt = "A hut [sandbox:error=providerError]";

describe("A job that failed after it was accepted", () => {
  test("may have been billed, so it counts: a budget for two allows no third one", async () => {
    const { environment, openWindow, sentTaskIds } = await setUpPaid({ perDay: 0.06 });
    const jobs = await openWindow();
    for (const _ of [1, 2]) {
      await expect(buy(environment, jobs, 1, { prompt })).rejects.toMatchObject({ kind: "upstream", billed: "maybe" });
    }
    await expect(buy(environment, jobs, 1, { prompt })).rejects.toThrow("May have been billed: about $0.056.");
    expect(sentTaskIds()).toHaveLength(2);
    expect(jobs.journal.list().map((job) => [job.state, job.failures[0]?.billed, mayBeBilled(job)])).toEqual([
      ["failed", "maybe", true],
      ["failed", "maybe", true],
    ]);
  });

  test("keeps its receipt if it is forgotten", async () => {
    const { environment, openWindow } = await setUpPaid({ perDay: 0.03 });
    const jobs = await openWindow();
    await buy(environment, jobs, 1, { prompt }).catch(() => undefined);
    await jobs.journal.forget(jobs.journal.list()[0]?.taskUUID ?? "");
    expect(jobs.journal.list()).toEqual([]);
    await expect(buy(environment, jobs, 1)).rejects.toMatchObject({ kind: "budget" });
  });

  test("because of an invalid request counts nothing, and the error explains that", async () => {
    const { environment, openWindow } = await setUpPaid({});
    const jobs = await openWindow();
    const failing = buy(environment, jobs, 1, { prompt: "A hut [sandbox:error=invalidPositivePrompt]" });
    await expect(failing).rejects.toMatchObject({ billed: "no" });
    expect(jobs.journal.list().map((job) => [job.state, mayBeBilled(job)])).toEqual([["failed", false]]);
  });
});

describe("A job of the sandbox that ended without a picture", () => {
  const open = () => setUp({ endpointName: sandboxEndpointName });

  test("was not billed if its results failed", async () => {
    const { buy: buyOne, jobs } = await open();
    await expect(buyOne({ prompt })).rejects.toMatchObject({ kind: "upstream", billed: "no" });
    expect(jobs.journal.list().map(mayBeBilled)).toEqual([false]);
  });

  test.each([
    ["the service is unsure", 400, "somethingNew"],
    ["the service may have started it", 400, "providerError"],
  ])("was not billed if it was refused in a way that leaves this open: %s", async (_, status, code) => {
    const { buy: buyOne, faultProxy } = await open();
    const body = { errors: [{ code, message: "Hm." }] };
    faultProxy.setRule((request) => (isSend(request) ? respondWith(body, status) : undefined));
    await expect(buyOne()).rejects.toMatchObject({ billed: "no" });
  });

  test("says that trying again is free, not that it is a new purchase", async () => {
    const { buy: buyOne, jobs } = await open();
    const sentence = "Trying again is free in the sandbox.";
    for (const directive of ["refuse", "error"]) {
      const failing = buyOne({ prompt: `A hut [sandbox:${directive}=providerError]` });
      await expect(failing).rejects.toMatchObject({ message: expect.stringMatching(new RegExp(` ${sentence}$`)) });
    }
    expect(jobs.journal.list().map(({ failures }) => failures[0]?.message)).toEqual([
      expect.stringContaining(sentence),
      expect.stringContaining(sentence),
    ]);
  });

  test("was not billed if its outcome is unknown, and its message does not mention a bill", async () => {
    const { buy: buyOne, faultProxy, jobs } = await open();
    faultProxy.setRule((request) => (isSend(request) ? { cut: "before" } : undefined));
    await expect(buyOne()).rejects.toMatchObject({ billed: "no", message: expect.not.stringContaining("billed") });
    expect(jobs.journal.list().map(({ state }) => state)).toEqual(["unknown"]);
  });
});

test("A purchase from the sandbox costs nothing, whatever the sandbox says", async () => {
  const { buy: buyOne } = await setUp({ endpointName: sandboxEndpointName });
  const { job, cost } = await buyOne({ count: 2 });
  expect([job.pictures.map((picture) => picture.cost), cost]).toEqual([[0.028, 0.028], 0]);
});

describe("A job that was refused", () => {
  test("before it was accepted counts nothing, also if the service was unreachable", async () => {
    const { environment, openWindow, faultProxy } = await setUpPaid({ perDay: 0.03 });
    const jobs = await openWindow();
    await expect(buy(environment, jobs, 1, { prompt: "A hut [sandbox:refuse=insufficientCredits]" })).rejects.toThrow();
    faultProxy.setRule((request) => (isSend(request) ? { cut: "before" } : undefined));
    await expect(jobs.checkAgain("nothing", new AbortController().signal)).rejects.toThrow();
    faultProxy.setRule(() => undefined);
    expect(jobs.journal.list().map(mayBeBilled)).toEqual([false]);
    await buy(environment, jobs, 1);
  });
});

describe("An implausible cost", () => {
  test.each([-5, 1e9, 2.81])("is stored and reported, and the estimate counts: %d", async (cost) => {
    const { environment, openWindow, faultProxy } = await setUpPaid({ perDay: 0.06 });
    const jobs = await openWindow();
    const change = (body: string) => body.replace(/"cost":[^,}]*/g, `"cost":${cost}`);
    faultProxy.setRule((request) => (isPoll(request) ? { change } : undefined));
    const { job, cost: reportedCost } = await buy(environment, jobs, 1);
    expect(reportedCost).toBeUndefined();
    expect(job.pictures).toMatchObject([{ claimedCost: cost }]);
    expect(job.pictures[0]).not.toHaveProperty("cost");
    expect(spendingOf(job)).toEqual({ spent: 0, estimated: 0.028, reserved: 0, unknown: 0 });
    expect(
      environment.logLines.filter((line) => line.includes(`cost ${cost} USD. That is not plausible`)),
    ).toHaveLength(1);
    await buy(environment, jobs, 1);
    await expect(buy(environment, jobs, 1)).rejects.toThrow("Spent: $0.056, of which about $0.056 is estimated.");
  });
});
