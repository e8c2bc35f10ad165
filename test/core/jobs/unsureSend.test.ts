import { describe, expect, test } from "vitest";
import { fileName, isArchive, isPoll, isSend, onEvery, onFirst, respondWith, setUp } from "../support/setUp.ts";

const html = "<!doctype html><title>Bad gateway</title>";

describe("A send with an uncertain outcome", () => {
  describe.each(["async", "sync"] as const)("with %s delivery", (deliveryMethod) => {
    test("resends under the same UUID after a cut connection, and buys once", async () => {
      const { sandbox, faultProxy, buy, sentTaskIds } = await setUp();
      faultProxy.setRule(onFirst(1, isSend, { cut: "before" }));
      const { files, job } = await buy({ deliveryMethod });
      expect(files.map(fileName)).toEqual(["lighthouse.jpg"]);
      expect(sentTaskIds()).toEqual([job.taskUUID, job.taskUUID]);
      expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.028 });
    });

    test("buys once if the service had accepted it", async () => {
      const { sandbox, faultProxy, buy, sentTaskIds, environment } = await setUp();
      faultProxy.setRule(onFirst(1, isSend, { cut: "after" }));
      const { files, job } = await buy({ deliveryMethod, count: 2 });
      expect(await environment.listFolder("pictures")).toEqual(files.map(fileName).sort());
      expect(new Set(sentTaskIds())).toEqual(new Set([job.taskUUID]));
      expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.056 });
    });

    test("polls instead of resending if the service reports a conflict", async () => {
      const { sandbox, faultProxy, buy, sentTaskIds } = await setUp();
      faultProxy.setRule((request) => {
        // The acceptance is lost, and polls stay empty until the task was sent twice.
        const lost = onFirst(1, isSend, { cut: "after" })(request);
        return lost ?? (sentTaskIds().length < 2 && isPoll(request) ? respondWith({ data: [] }) : undefined);
      });
      const { files, job } = await buy({ deliveryMethod });
      expect(files).toHaveLength(1);
      expect(sentTaskIds()).toEqual([job.taskUUID, job.taskUUID]);
      expect(sandbox.ledger.acceptedCount(job.taskUUID)).toBe(1);
    });
  });

  test.each([
    ["HTTP 502 with a page of HTML", respondWith(html, 502)],
    ["HTTP 500 without a body", respondWith("", 500)],
    ["HTTP 503 with an error", respondWith({ errors: [{ code: "serviceUnavailable", message: "Later." }] }, 503)],
    ["HTTP 504 while it waited", respondWith({ errors: [{ code: "", message: "" }] }, 504)],
    ["an answer about other tasks only", respondWith({ data: [{ taskUUID: "other", taskType: "imageInference" }] })],
    ["HTTP 200 with a cut body", respondWith('{"data":[{"task')],
  ])("because of %s buys once", async (_, action) => {
    const { sandbox, faultProxy, buy, sentTaskIds } = await setUp();
    faultProxy.setRule(onFirst(1, isSend, action));
    const { files, job } = await buy();
    expect(files).toHaveLength(1);
    expect(new Set(sentTaskIds())).toEqual(new Set([job.taskUUID]));
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("counts a refusal as certain even if it repeats the whole request", async () => {
    const { sandbox, faultProxy, buy, readJob, sentTaskIds } = await setUp();
    const message = `invalid: ${"x".repeat(40_000_000)}`;
    const error = { code: "invalidReferenceImages", message, parameter: "inputs.referenceImages" };
    faultProxy.setRule(onEvery(respondWith({ errors: [error] }, 400), isSend));
    await expect(buy()).rejects.toMatchObject({ kind: "input", billed: "no" });
    expect(await readJob()).toMatchObject({ state: "failed" });
    expect(sentTaskIds()).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("stops polling with an unknown outcome if every answer is too long", async () => {
    const { faultProxy, buy, readJob } = await setUp();
    faultProxy.setRule(onEvery(respondWith({ data: Array(50_000).fill(1) }), isPoll, isArchive));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    expect(await readJob()).toMatchObject({ state: "unknown" });
  });

  test("sends at most three times, then reports “may have been billed”", async () => {
    const { sandbox, faultProxy, buy, sentTaskIds, readJob } = await setUp();
    faultProxy.setRule(onEvery({ cut: "before" }, isSend));
    const outcome = expect(buy()).rejects;
    await outcome.toMatchObject({ billed: "maybe", message: expect.stringContaining("It may have been billed.") });
    const { taskUUID, state } = await readJob();
    expect(sentTaskIds()).toEqual([taskUUID, taskUUID, taskUUID]);
    expect(state).toBe("unknown");
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("stays unknown if the second send is refused, since the first may have been accepted", async () => {
    const { faultProxy, buy, readJob } = await setUp();
    const poor = respondWith({ errors: [{ code: "insufficientCredits", message: "No money." }] }, 402);
    faultProxy.setRule((request) => onFirst(1, isSend, { cut: "before" })(request) ?? onEvery(poor, isSend)(request));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    expect(await readJob()).toMatchObject({ state: "unknown", failures: [] });
  });

  test("does not fail the job if the key is refused afterwards", async () => {
    const { faultProxy, jobs, buy, readJob } = await setUp();
    const refused = respondWith({ errors: [{ code: "invalidApiKey", message: "Invalid API key." }] }, 401);
    faultProxy.setRule((request) => onFirst(1, isSend, { cut: "after" })(request) ?? onEvery(refused, isPoll)(request));
    await expect(buy()).rejects.toMatchObject({ kind: "key" });
    const { taskUUID, state } = await readJob();
    expect(state).toBe("sending");
    faultProxy.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, new AbortController().signal)).files).toHaveLength(1);
  });

  test("does not fail the job because of an unknown error code", async () => {
    const { faultProxy, jobs, buy, readJob } = await setUp();
    faultProxy.setRule(onFirst(1, isSend, { change: () => '{"errors":[{"code":"newWord","message":"Hm."}]}' }));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe", message: expect.stringContaining("Hm.") });
    const { taskUUID, state } = await readJob();
    expect(state).toBe("unknown");
    expect((await jobs.checkAgain(taskUUID, new AbortController().signal)).files).toHaveLength(1);
  });
});

describe("A service that reports nothing about an accepted task", () => {
  test("returns the task from its archive", async () => {
    const { faultProxy, buy, environment } = await setUp();
    faultProxy.setRule(onEvery(respondWith({ data: [] }), isPoll));
    const { files } = await buy({ count: 2 });
    expect(files).toHaveLength(2);
    expect(faultProxy.requests.filter(isArchive)).toHaveLength(1);
    expect(environment.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(10 * 60_000);
  });

  test("leaves a job with unknown outcome that may have been billed and can be checked later", async () => {
    const { faultProxy, sandbox, jobs, buy, readJob } = await setUp();
    faultProxy.setRule(onEvery(respondWith({ data: [] }), isPoll, isArchive));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    const { taskUUID, state } = await readJob();
    expect(state).toBe("unknown");
    const check = () => jobs.checkAgain(taskUUID, new AbortController().signal);
    await expect(check()).rejects.toMatchObject({ billed: "maybe" });
    expect((await readJob()).state).toBe("unknown");
    faultProxy.setRule(() => undefined);
    expect((await check()).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});
