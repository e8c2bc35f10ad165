import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { startTimer } from "../../../src/host/timer.ts";
import { startStallingProxy, type WithheldAnswer } from "../../support/stallingProxy.ts";
import { watchTimers } from "../../support/timers.ts";
import { createEnvironment, createJobRequest, neverAborted, openSandbox } from "../support/setUp.ts";

/** A window with real time and real timers, and a watch on those timers. */
async function openWindow({ url, key }: { readonly url: string; readonly key: string }) {
  const environment = await createEnvironment({ url, key });
  const timers = watchTimers(/[\\/](src|test)[\\/](core|host)[\\/]/);
  onTestFinished(timers.stop);
  const jobs = await environment.openWindow({
    ...environment.ports,
    fetch: (url, init) => fetch(url, init),
    timer: startTimer,
    sleep: (ms, signal) => wait(Math.min(ms, 5), undefined, { signal }),
  });
  return { environment, jobs, timers };
}

/**
 * Waits until the timers that were cleared have disappeared: a request that is given up ends some
 * turns of the event loop later. Limn's shortest timer runs for 2 s, so one that was left is found.
 */
const expectStillness = ({ running }: ReturnType<typeof watchTimers>): Promise<void> =>
  expect.poll(running, { interval: 5, timeout: 1500 }).toEqual([]);

describe("An idle window runs no timer", () => {
  test("after a purchase has ended", async () => {
    const { jobs, environment, timers } = await openWindow(await openSandbox());
    const { outcome } = await jobs.start(createJobRequest(environment, { count: 2 }), neverAborted);
    expect(timers.running()).not.toEqual([]);
    await outcome;
    await expectStillness(timers);
  });

  test("after a purchase was refused", async () => {
    const sandbox = await openSandbox({ balance: 0 });
    const { jobs, environment, timers } = await openWindow(sandbox);
    await expect(jobs.buy(createJobRequest(environment), neverAborted)).rejects.toMatchObject({ kind: "credits" });
    await expectStillness(timers);
  });

  test.each<WithheldAnswer>(["send", "poll", "picture"])(
    "and holds no connection after it stops waiting for a %s",
    async (held) => {
      const sandbox = await openSandbox();
      const holding = await startStallingProxy(sandbox.url, held);
      onTestFinished(() => holding.close());
      const { jobs, environment, timers } = await openWindow({ url: holding.url, key: sandbox.key });
      const stop = new AbortController();
      const bought = jobs.buy(createJobRequest(environment), stop.signal);
      const ended = expect(bought).rejects.toMatchObject({ kind: "stopped" });
      await holding.reached;
      stop.abort();
      await ended;
      await holding.released;
      await expectStillness(timers);
    },
  );
});
