import { describe, expect, onTestFinished, test } from "vitest";
import { createJobRequest, isDownload, isSend, neverAborted, onEvery, onFirst, setUp } from "../support/setUp.ts";

/** A set-up with this timeout setting, in milliseconds without data. */
async function setUpWithTimeout(timeout: number | undefined) {
  const setup = await setUp();
  const given: number[] = [];
  const jobs = await setup.environment.openWindow({
    ...setup.environment.ports,
    idleTimeoutSetting: () => timeout,
    timer(ms, ring) {
      given.push(ms);
      return setup.environment.ports.timer(ms, ring);
    },
  });
  onTestFinished(() => jobs.stop());
  return { ...setup, jobs, given };
}

/**
 * Milliseconds without data after which a download lets others start. It continues, so no setting
 * applies.
 */
const stallTime = 2000;

describe("The user's timeout", () => {
  test("applies to requests, polls and downloads alike; without it, the defaults apply", async () => {
    const usual = await setUpWithTimeout(undefined);
    await usual.jobs.buy(createJobRequest(usual.environment), neverAborted);
    expect(new Set(usual.given)).toEqual(new Set([120_000, 60_000, 30_000, stallTime]));
    const own = await setUpWithTimeout(45_000);
    await own.jobs.buy(createJobRequest(own.environment), neverAborted);
    expect(new Set(own.given)).toEqual(new Set([45_000, stallTime]));
  });

  test("gives a synchronous request at least 200 s", async () => {
    const short = await setUpWithTimeout(45_000);
    await short.jobs.buy(createJobRequest(short.environment, { deliveryMethod: "sync" }), neverAborted);
    expect(short.given[0]).toBe(200_000);
    const long = await setUpWithTimeout(300_000);
    await long.jobs.buy(createJobRequest(long.environment, { deliveryMethod: "sync" }), neverAborted);
    expect(long.given[0]).toBe(300_000);
  });

  test("ends a hanging request, which is not bought again, and a hanging download, which is retried", async () => {
    const { jobs, environment, faultProxy, sandbox } = await setUpWithTimeout(45_000);
    faultProxy.setRule(
      (request) => onFirst(1, isSend, { hang: "after" })(request) ?? onFirst(1, isDownload, { hang: "body" })(request),
    );
    expect((await jobs.buy(createJobRequest(environment), neverAborted)).files).toHaveLength(1);
    expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.028 });
    expect(environment.logLines.join("\n")).toContain("no data for 45 s");
  });

  test("never ends a slow connection that still delivers, however long it takes in total", async () => {
    const { jobs, environment, faultProxy } = await setUpWithTimeout(5000);
    environment.fetchTiming.setMsPerPiece(4000);
    faultProxy.setRule(onEvery({ pieces: 20 }, isDownload));
    expect((await jobs.buy(createJobRequest(environment), neverAborted)).files).toHaveLength(1);
    expect(faultProxy.requests.filter(isDownload)).toHaveLength(1);
  });
});
