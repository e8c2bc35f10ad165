import { describe, expect, test } from "vitest";
import { isArchive, isDownload, isPoll, isSend, neverAborted, onFirst, respondWith, setUp } from "../support/setUp.ts";

const hour = 60 * 60_000;
const jumps = [
  ["five hours forward", 5 * hour],
  ["five hours back", -5 * hour],
  ["on by a day, as after a sleep", 24 * hour],
  ["back to 1970", -Date.UTC(2026, 1, 1)],
] as const;

const moments = [
  ["sent", isSend],
  ["polled for", isPoll],
  ["fetched", isDownload],
] as const;

const rows = jumps.flatMap(([jump, ms]) => moments.map(([moment, is]) => ({ jump, ms, moment, is })));

describe("A clock jump", () => {
  test.each(rows)("$jump while a job is $moment does not affect the job", async ({ ms, is }) => {
    const { faultProxy, environment, sandbox, buy } = await setUp();
    faultProxy.setRule((request) => {
      if (is(request)) {
        environment.advanceClock(ms);
      }
      // The first answers are lost, so that the job lasts long enough to be affected.
      return onFirst(1, isSend, { cut: "after" })(request) ?? onFirst(5, isPoll, respondWith({ data: [] }))(request);
    });
    const { files, job } = await buy({ count: 2 });
    expect(files).toHaveLength(2);
    expect(job.state).toBe("done");
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test.each(jumps)("%s between two sessions does not prevent resuming the job", async (_, ms) => {
    const { faultProxy, environment, sandbox, buy } = await setUp();
    const controller = new AbortController();
    faultProxy.setRule((request) => {
      if (isPoll(request)) {
        controller.abort();
      }
      return undefined;
    });
    await expect(buy({}, {}, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    faultProxy.setRule(() => undefined);
    environment.advanceClock(ms);
    const later = await environment.openWindow();
    const [job] = later.journal.list();
    expect((await later.checkAgain(job?.taskUUID ?? "", neverAborted)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("does not lengthen a Retry-After given as a date", async () => {
    const { faultProxy, environment, buy } = await setUp();
    // The service's clock is years behind: only the difference between its two dates counts.
    const headers = { date: "Mon, 05 Jan 2015 12:00:00 GMT", "retry-after": "Mon, 05 Jan 2015 12:00:20 GMT" };
    faultProxy.setRule(onFirst(1, isSend, respondWith({ errors: [{ code: "", message: "Busy." }] }, 429, headers)));
    await buy();
    expect(environment.pauses[0]).toBe(20_000);
  });

  test("while polls are empty does not make the job count as lost", async () => {
    const { faultProxy, environment, buy } = await setUp();
    faultProxy.setRule((request) => {
      if (isPoll(request)) {
        environment.advanceClock(hour);
      }
      return onFirst(30, isPoll, respondWith({ data: [] }))(request);
    });
    expect((await buy()).files).toHaveLength(1);
    expect(faultProxy.requests.filter(isArchive)).toEqual([]);
  });
});
