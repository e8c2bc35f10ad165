import { setImmediate, setTimeout as wait } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { startTimer } from "../../../src/host/timer.ts";
import { startStallingProxy, type WithheldAnswer } from "../../support/stallingProxy.ts";
import { watchTimers } from "../../support/timers.ts";
import { never, openSandbox, openWorld, order } from "../support/setUp.ts";

/** A window whose time is real, so that its timers are, and a watch on them. */
async function openWindow({ url, key }: { readonly url: string; readonly key: string }) {
  const world = await openWorld({ url, key });
  const timers = watchTimers(/[\\/](src|test)[\\/](core|host)[\\/]/);
  onTestFinished(timers.stop);
  const jobs = await world.open({
    ...world.ports,
    fetch: (url, init) => fetch(url, init),
    timer: startTimer,
    sleep: (ms, signal) => wait(Math.min(ms, 5), undefined, { signal }),
  });
  return { world, jobs, timers };
}

/** A timer that was cleared is gone a turn of the event loop later. */
async function expectStillness({ running }: ReturnType<typeof watchTimers>) {
  await setImmediate();
  await setImmediate();
  expect(running()).toEqual([]);
}

describe("A window with nothing under way runs no timer", () => {
  test("once a purchase is over", async () => {
    const { jobs, world, timers } = await openWindow(await openSandbox());
    const { outcome } = await jobs.start(order(world, { count: 2 }), never);
    expect(timers.running()).not.toEqual([]);
    await outcome;
    await expectStillness(timers);
  });

  test("once a purchase was refused", async () => {
    const sandbox = await openSandbox({ balance: 0 });
    const { jobs, world, timers } = await openWindow(sandbox);
    await expect(jobs.buy(order(world), never)).rejects.toMatchObject({ kind: "credits" });
    await expectStillness(timers);
  });

  test.each<WithheldAnswer>(["send", "poll", "picture"])(
    "and holds no connection once it does not wait for a %s any more",
    async (held) => {
      const sandbox = await openSandbox();
      const holding = await startStallingProxy(sandbox.url, held);
      onTestFinished(() => holding.close());
      const { jobs, world, timers } = await openWindow({ url: holding.url, key: sandbox.key });
      const stop = new AbortController();
      const bought = jobs.buy(order(world), stop.signal);
      const ended = expect(bought).rejects.toMatchObject({ kind: "stopped" });
      await holding.reached;
      stop.abort();
      await ended;
      await holding.released;
      await expectStillness(timers);
    },
  );
});
