import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import type { Job } from "../../../src/core/jobs/job.ts";
import { Journal } from "../../../src/core/journal/journal.ts";
import { Reservations } from "../../../src/core/money/reservation.ts";
import type { JournalPort, Limits, Ports } from "../../../src/core/ports.ts";
import { openPaidJob } from "../support/paidJob.ts";
import { buy, setUpPaid } from "../support/paidSetUp.ts";
import { createEnvironment, neverAborted } from "../support/setUp.ts";

/** Windows that share a folder of job files. They wait in real time. */
async function openWindows(limits: Limits) {
  const { ports, listFolder } = await createEnvironment({ url: "http://127.0.0.1:1/v1", key: "" });
  const now = ports.now();
  const budget: Ports["budget"] = { limits: () => limits, approve: async () => true };
  const sleep: Ports["sleep"] = (ms, signal) => wait(ms, undefined, { signal });
  return {
    now,
    listFolder,
    journal: ports.journal,
    /** Returns a function that reserves `count` pictures and resolves whether they may be sent. */
    openWindow: (journal: JournalPort = ports.journal) => {
      const deps = { ...ports, budget, sleep, journal };
      const reservations = new Reservations(deps, new Journal(deps));
      return (count: number, more: Partial<Job> = {}, signal: AbortSignal = neverAborted): Promise<boolean> => {
        const job = { ...openPaidJob(count, { state: "sending", createdAt: now }), ...more };
        return reservations
          .create(() => [job], signal)
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
    const { environment, sandbox, openWindow } = await setUpPaid({ perDay: 0.084 });
    const jobs = await openWindow();
    const results = await Promise.allSettled(ten.map(() => buy(environment, jobs, 1)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(sandbox.ledger.taskCount).toBe(3);
    expect(await environment.listFolder("journal")).toHaveLength(3);
  });

  test("of ten windows buy exactly three, each time", async () => {
    for (let round = 0; round < 5; round++) {
      const { openWindow, listFolder } = await openWindows({ perDay: 0.084 });
      expect(countBought(await Promise.all(ten.map(() => openWindow()(1))))).toBe(3);
      expect(await listFolder("journal")).toHaveLength(3);
    }
  });

  test("of two windows with five each buy exactly three", async () => {
    const { openWindow, listFolder } = await openWindows({ perMonth: 0.084 });
    const windows = [openWindow(), openWindow()];
    expect(countBought(await Promise.all(ten.map((index) => windows[index % 2]?.(1) ?? false)))).toBe(3);
    expect(await listFolder("journal")).toHaveLength(3);
  });
});

test("A request above the budget does not block others at the same time", async () => {
  const { openWindow } = await openWindows({ perDay: 0.084 });
  const ask = openWindow();
  expect(await Promise.all([ask(4), ask(2), ask(4), ask(1), ask(1)])).toEqual([false, true, false, true, false]);
});

describe("If two windows have both reserved the last of the budget", () => {
  /** A journal whose reads wait until both windows have written. */
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

  test("the older request wins, and of two at the same time the one with the smaller UUID", async () => {
    for (const [first, second, expected] of [
      [{ taskUUID: "a" }, { taskUUID: "b" }, [true, false]],
      [{ taskUUID: "b" }, { taskUUID: "a" }, [false, true]],
      [{ taskUUID: "b", createdAt: 0 }, { taskUUID: "a" }, [true, false]],
    ] as const) {
      const { openWindow, journal, now } = await openWindows({ perMonth: 0.028 });
      const own = waitForEachOther(journal, 2);
      const age = ({ createdAt = 1, taskUUID }: { taskUUID: string; createdAt?: number }) => ({
        taskUUID,
        createdAt: now + createdAt,
      });
      const results = await Promise.all([openWindow(own())(1, age(first)), openWindow(own())(1, age(second))]);
      expect(results).toEqual(expected);
    }
  });

  test("an older request that arrives late, because of a slow clock, does not win as well", async () => {
    const { openWindow, now, listFolder } = await openWindows({ perMonth: 0.028 });
    expect(await openWindow()(1)).toBe(true);
    expect(await openWindow()(1, { createdAt: now - 1000 })).toBe(false);
    expect(await listFolder("journal")).toHaveLength(1);
  });

  test("the reservation of a crashed window still counts, and the other is refused after a wait", async () => {
    const { openWindow, journal, now, listFolder } = await openWindows({ perMonth: 0.028 });
    const crashedJob: Job = { ...openPaidJob(1, { state: "sending", createdAt: now + 1000 }), unconfirmed: true };
    await journal.write(crashedJob.taskUUID, JSON.stringify(crashedJob));
    expect(await openWindow()(1)).toBe(false);
    expect(await listFolder("journal")).toEqual([`${crashedJob.taskUUID}.json`]);
  });
});

describe("The reservation of a window that crashed before its send", () => {
  const reserved = (createdAt: number): Job => ({
    ...openPaidJob(1, { state: "sending", createdAt }),
    unconfirmed: true,
  });

  test("is removed when another window resumes it: what was never sent cannot have been billed", async () => {
    const { environment, sandbox, faultProxy, openWindow } = await setUpPaid({ perDay: 0.028 });
    const crashedJob = reserved(environment.ports.now());
    await environment.ports.journal.write(crashedJob.taskUUID, JSON.stringify(crashedJob));
    const jobs = await openWindow();
    await expect(jobs.checkAgain(crashedJob.taskUUID, neverAborted)).rejects.toMatchObject({ billed: "no" });
    expect(faultProxy.requests).toEqual([]);
    expect(await environment.listFolder("journal")).toEqual([]);
    await buy(environment, jobs, 1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("leaves no receipt when the user forgets it", async () => {
    const { environment, openWindow } = await setUpPaid({ perDay: 0.028 });
    const crashedJob = reserved(environment.ports.now());
    await environment.ports.journal.write(crashedJob.taskUUID, JSON.stringify(crashedJob));
    const jobs = await openWindow();
    await jobs.journal.forget(crashedJob.taskUUID);
    expect(await environment.listFolder("journal")).toEqual([]);
  });

  test("stays if it was confirmed meanwhile, since it may have been sent", async () => {
    const { environment, openWindow } = await setUpPaid({ perDay: 0.028 });
    const { unconfirmed: _, ...confirmed } = reserved(environment.ports.now());
    await environment.ports.journal.write(confirmed.taskUUID, JSON.stringify({ ...confirmed, unconfirmed: true }));
    const jobs = await openWindow();
    await environment.ports.journal.write(confirmed.taskUUID, JSON.stringify(confirmed));
    await expect(jobs.checkAgain(confirmed.taskUUID, neverAborted)).rejects.toMatchObject({ billed: "maybe" });
    expect(jobs.journal.get(confirmed.taskUUID)?.state).toBe("unknown");
  });
});

test("Requests whose files another window makes meanwhile are refused by no budget, and count as no purchase", async () => {
  const { ports, listFolder } = await createEnvironment({ url: "http://127.0.0.1:1/v1", key: "" });
  let purchases = 0;
  const budget: Ports["budget"] = {
    limits: () => ({ perDay: 0.03 }),
    approve: async () => true,
    onPurchase: () => purchases++,
  };
  const deps = { ...ports, budget };
  const [own, rival] = [1, 2].map((count) => openPaidJob(count, { state: "sending", createdAt: ports.now() }));
  const create = async (isMadeBySomeoneElse: () => Promise<boolean>) => {
    const jobs = own === undefined ? [] : [own];
    const reservations = new Reservations(deps, new Journal(deps));
    return reservations.create(
      () => jobs,
      neverAborted,
      async (all) => ((await isMadeBySomeoneElse()) ? [] : all),
    );
  };
  let selections = 0;
  const stored = await create(async () => {
    if (++selections > 1) {
      await ports.journal.write(rival?.taskUUID ?? "", JSON.stringify(rival));
    }
    return selections > 1;
  });
  expect([stored, purchases, await listFolder("journal")]).toEqual([[], 0, [`${rival?.taskUUID}.json`]]);
  await ports.journal.remove(rival?.taskUUID ?? "");
  expect([(await create(async () => false)).length, purchases]).toEqual([1, 1]);
});

test("A request that is stopped while queued is not written", async () => {
  const { openWindow, journal, listFolder } = await openWindows({ perDay: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  const ask = openWindow({ ...journal, list: () => promise.then(journal.list) });
  const first = ask(1);
  const controller = new AbortController();
  const second = ask(1, {}, controller.signal);
  const refused = expect(second).rejects.toMatchObject({ kind: "stopped" });
  controller.abort();
  resolve();
  await refused;
  expect(await first).toBe(true);
  expect(await listFolder("journal")).toHaveLength(1);
});

test("A confirmed reservation is confirmed on disk, and no other window reverts that", async () => {
  const { openWindow, journal, listFolder } = await openWindows({ perDay: 1 });
  const late = new Journal({ journal, now: Date.now, log: { debug() {}, info() {}, warn() {}, error() {} } });
  const write = async (id: string, text: string) => {
    await journal.write(id, text);
    await late.load();
  };
  await openWindow({ ...journal, write })(1);
  const [name = ""] = await listFolder("journal");
  await late.load();
  expect(JSON.parse((await journal.read(name.replace(".json", ""))) ?? "")).not.toHaveProperty("unconfirmed");
});
