import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import type { Job } from "../../../src/core/jobs/job.ts";
import { Journal } from "../../../src/core/jobs/journal.ts";
import { Reservations } from "../../../src/core/money/reservation.ts";
import type { JournalPort, Limits, Ports } from "../../../src/core/ports.ts";
import { open } from "../support/paidJob.ts";
import { buy, openShop } from "../support/paidSetUp.ts";
import { never, openWorld } from "../support/setUp.ts";

/** Windows over one folder of job files. They wait in true time, as windows do. */
async function openWindows(limits: Limits) {
  const { ports, names } = await openWorld({ url: "http://127.0.0.1:1/v1", key: "" });
  const now = ports.now();
  const budget: Ports["budget"] = { limits: () => limits, approve: async () => true };
  const sleep: Ports["sleep"] = (ms, signal) => wait(ms, undefined, { signal });
  return {
    now,
    names,
    journal: ports.journal,
    /** Gives what writes a request of so many pictures down: whether it may be sent. */
    window: (journal: JournalPort = ports.journal) => {
      const deps = { ...ports, budget, sleep, journal };
      const reservations = new Reservations(deps, new Journal(deps));
      return (count: number, more: Partial<Job> = {}, signal: AbortSignal = never): Promise<boolean> => {
        const job = { ...open(count, { state: "sending", createdAt: now }), ...more };
        return reservations
          .create(() => job, signal)
          .then(
            () => true,
            (error: unknown) => {
              if (error instanceof LimnError && error.kind === "budget") {
                return false;
              }
              throw error;
            },
          );
      };
    },
  };
}

const countBought = (results: readonly boolean[]) => results.filter((isBought) => isBought).length;
const ten = Array.from({ length: 10 }, (_, index) => index);

describe("Ten requests at once with a budget for three", () => {
  test("of one window buy exactly three", async () => {
    const { world, sandbox, window } = await openShop({ perDay: 0.084 });
    const jobs = await window();
    const results = await Promise.allSettled(ten.map(() => buy(world, jobs, 1)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(sandbox.ledger.taskCount).toBe(3);
    expect(await world.names("journal")).toHaveLength(3);
  });

  test("of ten windows buy exactly three, each time", async () => {
    for (let round = 0; round < 5; round++) {
      const { window, names } = await openWindows({ perDay: 0.084 });
      expect(countBought(await Promise.all(ten.map(() => window()(1))))).toBe(3);
      expect(await names("journal")).toHaveLength(3);
    }
  });

  test("of two windows with five each buy exactly three", async () => {
    const { window, names } = await openWindows({ perMonth: 0.084 });
    const windows = [window(), window()];
    expect(countBought(await Promise.all(ten.map((index) => windows[index % 2]?.(1) ?? false)))).toBe(3);
    expect(await names("journal")).toHaveLength(3);
  });
});

test("A request that is too dear takes nothing from those beside it", async () => {
  const { window } = await openWindows({ perDay: 0.084 });
  const ask = window();
  expect(await Promise.all([ask(4), ask(2), ask(4), ask(1), ask(1)])).toEqual([false, true, false, true, false]);
});

describe("Of two windows that have both written and want the last of the budget", () => {
  /** A journal that reads nothing before both windows have written. */
  function waitForEachOther(journal: JournalPort, windows: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    let written = 0;
    return (): JournalPort => ({
      ...journal,
      list: () => promise.then(journal.list),
      write: async (id, text) => {
        await journal.write(id, text);
        written++;
        if (written === windows) {
          resolve();
        }
      },
    });
  }

  test("the older request gets it, and of two of one moment the one with the smaller UUID", async () => {
    for (const [first, second, expected] of [
      [{ taskUUID: "a" }, { taskUUID: "b" }, [true, false]],
      [{ taskUUID: "b" }, { taskUUID: "a" }, [false, true]],
      [{ taskUUID: "b", createdAt: 0 }, { taskUUID: "a" }, [true, false]],
    ] as const) {
      const { window, journal, now } = await openWindows({ perMonth: 0.028 });
      const own = waitForEachOther(journal, 2);
      // A draft is looked at first: with nothing written down yet, that reads nothing.
      const age = ({ createdAt = 1, taskUUID }: { taskUUID: string; createdAt?: number }) => ({
        taskUUID,
        createdAt: now + createdAt,
      });
      const results = await Promise.all([window(own())(1, age(first)), window(own())(1, age(second))]);
      expect(results).toEqual(expected);
    }
  });

  test("one that comes late with the older request, by a clock that is slow, does not get it as well", async () => {
    const { window, now, names } = await openWindows({ perMonth: 0.028 });
    expect(await window()(1)).toBe(true);
    expect(await window()(1, { createdAt: now - 1000 })).toBe(false);
    expect(await names("journal")).toHaveLength(1);
  });

  test("one that died before it knew is still counted, and the other is refused after a while", async () => {
    const { window, journal, now, names } = await openWindows({ perMonth: 0.028 });
    const crashedJob: Job = { ...open(1, { state: "sending", createdAt: now + 1000 }), unconfirmed: true };
    await journal.write(crashedJob.taskUUID, JSON.stringify(crashedJob));
    expect(await window()(1)).toBe(false);
    expect(await names("journal")).toEqual([`${crashedJob.taskUUID}.json`]);
  });
});

describe("The reservation of a window that died before it sent anything", () => {
  const reserved = (createdAt: number): Job => ({ ...open(1, { state: "sending", createdAt }), unconfirmed: true });

  test("goes when another window takes it up: what was never sent cannot have been billed", async () => {
    const { world, sandbox, front, window } = await openShop({ perDay: 0.028 });
    const crashedJob = reserved(world.ports.now());
    await world.ports.journal.write(crashedJob.taskUUID, JSON.stringify(crashedJob));
    const jobs = await window();
    await expect(jobs.checkAgain(crashedJob.taskUUID, never)).rejects.toMatchObject({ billed: "no" });
    expect(front.requests).toEqual([]);
    expect(await world.names("journal")).toEqual([]);
    await buy(world, jobs, 1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("leaves no receipt when a user forgets it", async () => {
    const { world, window } = await openShop({ perDay: 0.028 });
    const crashedJob = reserved(world.ports.now());
    await world.ports.journal.write(crashedJob.taskUUID, JSON.stringify(crashedJob));
    const jobs = await window();
    await jobs.journal.forget(crashedJob.taskUUID);
    expect(await world.names("journal")).toEqual([]);
  });

  test("stays where it has been confirmed since: then it may have been sent", async () => {
    const { world, window } = await openShop({ perDay: 0.028 });
    const { unconfirmed: _, ...confirmed } = reserved(world.ports.now());
    await world.ports.journal.write(confirmed.taskUUID, JSON.stringify({ ...confirmed, unconfirmed: true }));
    const jobs = await window();
    await world.ports.journal.write(confirmed.taskUUID, JSON.stringify(confirmed));
    await expect(jobs.checkAgain(confirmed.taskUUID, never)).rejects.toMatchObject({ billed: "maybe" });
    expect(jobs.journal.get(confirmed.taskUUID)?.state).toBe("unknown");
  });
});

test("A request that is stopped while it waits for its turn is not written down", async () => {
  const { window, journal, names } = await openWindows({ perDay: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  const ask = window({ ...journal, list: () => promise.then(journal.list) });
  const first = ask(1);
  const controller = new AbortController();
  const second = ask(1, {}, controller.signal);
  const refused = expect(second).rejects.toMatchObject({ kind: "stopped" });
  controller.abort();
  resolve();
  await refused;
  expect(await first).toBe(true);
  expect(await names("journal")).toHaveLength(1);
});

test("A reservation that is confirmed says so on the disk, and no other window takes that back", async () => {
  const { window, journal, names } = await openWindows({ perDay: 1 });
  const late = new Journal({ journal, now: Date.now, log: { debug() {}, info() {}, warn() {}, error() {} } });
  const write = async (id: string, text: string) => {
    await journal.write(id, text);
    await late.load();
  };
  await window({ ...journal, write })(1);
  const [name = ""] = await names("journal");
  await late.load();
  expect(JSON.parse((await journal.read(name.replace(".json", ""))) ?? "")).not.toHaveProperty("unconfirmed");
});
