import { describe, expect, test } from "vitest";
import { every, first, isArchive, isPoll, isSend, nameOf, openHouse, says } from "../support/setUp.ts";

const html = "<!doctype html><title>Bad gateway</title>";

describe("A send whose fate is unsure", () => {
  describe.each(["async", "sync"] as const)("with %s delivery", (deliveryMethod) => {
    test("goes out again under the same UUID where the service never heard of it, and is bought once", async () => {
      const { sandbox, front, buy, sends } = await openHouse();
      front.setRule(first(1, isSend, { cut: "before" }));
      const { files, job } = await buy({ deliveryMethod });
      expect(files.map(nameOf)).toEqual(["lighthouse.jpg"]);
      expect(sends()).toEqual([job.taskUUID, job.taskUUID]);
      expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.028 });
    });

    test("is bought once where the service had accepted it", async () => {
      const { sandbox, front, buy, sends, world } = await openHouse();
      front.setRule(first(1, isSend, { cut: "after" }));
      const { files, job } = await buy({ deliveryMethod, count: 2 });
      expect(await world.names("pictures")).toEqual(files.map(nameOf).sort());
      expect(new Set(sends())).toEqual(new Set([job.taskUUID]));
      expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.056 });
    });

    test("is followed, not sent anew, where the service says that it has it already", async () => {
      const { sandbox, front, buy, sends } = await openHouse();
      front.setRule((seen) => {
        // The acceptance is lost, and polls are silent until the task was sent twice.
        const lost = first(1, isSend, { cut: "after" })(seen);
        return lost ?? (sends().length < 2 && isPoll(seen) ? says({ data: [] }) : undefined);
      });
      const { files, job } = await buy({ deliveryMethod });
      expect(files).toHaveLength(1);
      expect(sends()).toEqual([job.taskUUID, job.taskUUID]);
      expect(sandbox.ledger.acceptedCount(job.taskUUID)).toBe(1);
    });
  });

  test.each([
    ["HTTP 502 with a page of HTML", says(html, 502)],
    ["HTTP 500 without a body", says("", 500)],
    ["HTTP 503 with an error", says({ errors: [{ code: "serviceUnavailable", message: "Later." }] }, 503)],
    ["HTTP 504 while it waited", says({ errors: [{ code: "", message: "" }] }, 504)],
    ["an answer about other tasks only", says({ data: [{ taskUUID: "other", taskType: "imageInference" }] })],
    ["HTTP 200 with a cut body", says('{"data":[{"task')],
  ])("because of %s is bought once", async (_, deed) => {
    const { sandbox, front, buy, sends } = await openHouse();
    front.setRule(first(1, isSend, deed));
    const { files, job } = await buy();
    expect(files).toHaveLength(1);
    expect(new Set(sends())).toEqual(new Set([job.taskUUID]));
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("is refused for certain, however much of the request the refusal repeats", async () => {
    const { sandbox, front, buy, job, sends } = await openHouse();
    const message = `invalid: ${"x".repeat(40_000_000)}`;
    const error = { code: "invalidReferenceImages", message, parameter: "inputs.referenceImages" };
    front.setRule(every(says({ errors: [error] }, 400), isSend));
    await expect(buy()).rejects.toMatchObject({ kind: "input", billed: "no" });
    expect(await job()).toMatchObject({ state: "failed" });
    expect(sends()).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("is not followed for ever where every answer is more than a request can bring", async () => {
    const { front, buy, job } = await openHouse();
    front.setRule(every(says({ data: Array(50_000).fill(1) }), isPoll, isArchive));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    expect(await job()).toMatchObject({ state: "unknown" });
  });

  test("goes out at most three times, and ends with “may have been billed”", async () => {
    const { sandbox, front, buy, sends, job } = await openHouse();
    front.setRule(every({ cut: "before" }, isSend));
    const outcome = expect(buy()).rejects;
    await outcome.toMatchObject({ billed: "maybe", message: expect.stringContaining("It may have been billed.") });
    const { taskUUID, state } = await job();
    expect(sends()).toEqual([taskUUID, taskUUID, taskUUID]);
    expect(state).toBe("unknown");
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("stays of unknown fate when the second send is refused: the first may have been accepted", async () => {
    const { front, buy, job } = await openHouse();
    const poor = says({ errors: [{ code: "insufficientCredits", message: "No money." }] }, 402);
    front.setRule((seen) => first(1, isSend, { cut: "before" })(seen) ?? every(poor, isSend)(seen));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    expect(await job()).toMatchObject({ state: "unknown", failures: [] });
  });

  test("is not called a failure when the key is refused afterwards", async () => {
    const { front, jobs, buy, job } = await openHouse();
    const refused = says({ errors: [{ code: "invalidApiKey", message: "Invalid API key." }] }, 401);
    front.setRule((seen) => first(1, isSend, { cut: "after" })(seen) ?? every(refused, isPoll)(seen));
    await expect(buy()).rejects.toMatchObject({ kind: "key" });
    const { taskUUID, state } = await job();
    expect(state).toBe("sending");
    front.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, new AbortController().signal)).files).toHaveLength(1);
  });

  test("is not called a failure where the refusal is one nobody knows", async () => {
    const { front, jobs, buy, job } = await openHouse();
    front.setRule(first(1, isSend, { change: () => '{"errors":[{"code":"newWord","message":"Hm."}]}' }));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe", message: expect.stringContaining("Hm.") });
    const { taskUUID, state } = await job();
    expect(state).toBe("unknown");
    expect((await jobs.checkAgain(taskUUID, new AbortController().signal)).files).toHaveLength(1);
  });
});

describe("A service that is silent about a task it accepted", () => {
  test("is asked for its archive, which knows", async () => {
    const { front, buy, world } = await openHouse();
    front.setRule(every(says({ data: [] }), isPoll));
    const { files } = await buy({ count: 2 });
    expect(files).toHaveLength(2);
    expect(front.requests.filter(isArchive)).toHaveLength(1);
    expect(world.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(10 * 60_000);
  });

  test("leaves a job of unknown outcome that may have been billed, and that can be checked later", async () => {
    const { front, sandbox, jobs, buy, job } = await openHouse();
    front.setRule(every(says({ data: [] }), isPoll, isArchive));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    const { taskUUID, state } = await job();
    expect(state).toBe("unknown");
    const check = () => jobs.checkAgain(taskUUID, new AbortController().signal);
    await expect(check()).rejects.toMatchObject({ billed: "maybe" });
    expect((await job()).state).toBe("unknown");
    front.setRule(() => undefined);
    expect((await check()).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});
