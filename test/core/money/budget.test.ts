import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import type { Job } from "../../../src/core/jobs/job.ts";
import { budgetError, budgetStatuses } from "../../../src/core/money/budget.ts";
import type { JournalPort } from "../../../src/core/ports.ts";
import { mortal } from "../support/crashingPorts.ts";
import { bought, open } from "../support/paidJob.ts";
import { buy, openShop } from "../support/paidSetUp.ts";
import { never, order } from "../support/setUp.ts";

const now = Date.UTC(2026, 1, 5, 12);

describe("A request", () => {
  test("that fits exactly passes, and one that is a millionth too dear does not", () => {
    const jobs = [bought({ costs: [0.1] }), bought({ costs: [0.2] })];
    expect(budgetError({ perDay: 0.4 }, jobs, 0.1, now)).toBeUndefined();
    expect(budgetError({ perDay: 0.4 }, jobs, 0.100001, now)).toMatchObject({ kind: "budget", billed: "no" });
  });

  test("is refused as soon as, and never before, all that counts would be above the limit", () => {
    const job = fc.oneof(
      fc
        .array(fc.integer({ min: 0, max: 900_000 }), { minLength: 1, maxLength: 4 })
        .map((costs) => bought({ costs: costs.map((micros) => micros / 1e6) })),
      fc.integer({ min: 1, max: 20 }).map((count) => open(count)),
      fc.integer({ min: 1, max: 20 }).map((count) => open(count, { state: "unknown" })),
    );
    const micros = ({ pictures, state, estimate }: Job) =>
      state === "done" ? pictures.map(({ cost = 0 }) => Math.round(cost * 1e6)) : [Math.round(estimate * 1e6)];
    fc.assert(
      fc.property(fc.array(job, { maxLength: 8 }), fc.integer({ min: 1, max: 5_000_000 }), (jobs, wanted) => {
        const counted = jobs.flatMap(micros).reduce((sum, one) => sum + one, 0);
        expect(budgetError({ perDay: (counted + wanted) / 1e6 }, jobs, wanted / 1e6, now)).toBeUndefined();
        expect(budgetError({ perMonth: (counted + wanted - 1) / 1e6 }, jobs, wanted / 1e6, now)).toBeDefined();
      }),
    );
  });

  test("of yesterday counts for the month and not for the day", () => {
    const jobs = [bought({ costs: [0.9], createdAt: now - 86_400_000 })];
    expect(budgetError({ perDay: 1 }, jobs, 0.2, now)).toBeUndefined();
    expect(budgetError({ perMonth: 1 }, jobs, 0.2, now)?.message).toContain(
      "This month's budget of $1.00 has $0.100 left",
    );
    expect(budgetStatuses({ perDay: 1, perMonth: 1 }, jobs, now).map(({ remaining: left }) => left)).toEqual([1, 0.1]);
  });

  test("that is refused is told what it costs, what is left and why, by how much, and where to change it", () => {
    const jobs = [bought({ costs: [0.81] }), open(5)];
    expect(budgetError({ perDay: 1, perMonth: 100 }, jobs, 0.112, now)?.message).toBe(
      "This request is expected to cost about $0.112. Today's budget of $1.00 has about $0.050 left, " +
        "so it is about $0.062 too much. Spent: $0.810. Reserved for running requests: about $0.140. " +
        "Nothing was sent. Change “limn.budget.perDay” in the settings.",
    );
  });

  test("hears of the limit it is farthest above", () => {
    expect(budgetError({ perDay: 0.1, perMonth: 0.05 }, [], 0.112, now)?.message).toContain("limn.budget.perMonth");
  });

  test.each<[string, readonly Job[], string]>([
    [
      "spent and nothing else",
      [bought({ costs: [0.99] })],
      "has $0.010 left, so it is about $0.998 too much. Spent: $0.990. Nothing",
    ],
    [
      "an estimate in it",
      [bought({ costs: [0.5, undefined] })],
      "has about $0.472 left, so it is about $0.536 too much. Spent: $0.528, of which about $0.028 is estimated. Nothing",
    ],
    [
      "unknown outcomes",
      [open(18, { state: "unknown" })],
      "has about $0.496 left, so it is about $0.512 too much. May have been billed: about $0.504. Nothing",
    ],
    ["nothing left", [bought({ costs: [1] })], "is used up, so it is about $1.008 too much. Spent: $1.00. Nothing"],
    [
      "less than nothing left",
      [bought({ costs: [1.2] })],
      "is used up, so it is about $1.208 too much. Spent: $1.20. Nothing",
    ],
    ["nothing gone", [], "has $1.00 left, so it is about $0.008 too much. Nothing"],
  ])("never hears an estimate as a true price: %s", (_, jobs, words) => {
    expect(budgetError({ perDay: 1 }, jobs, 1.008, now)?.message).toContain(`Today's budget of $1.00 ${words}`);
  });
});

describe("Buying", () => {
  test("within the budget goes on until the budget is used up, and then nothing is written down or sent", async () => {
    const { world, sandbox, window, sends } = await openShop({ perDay: 0.084 });
    const jobs = await window();
    await buy(world, jobs, 2);
    await buy(world, jobs, 1);
    await expect(buy(world, jobs, 1)).rejects.toMatchObject({
      kind: "budget",
      message: expect.stringContaining(
        "Today's budget of $0.084 is used up, so it is about $0.028 too much. Spent: $0.084.",
      ),
    });
    expect(sends()).toHaveLength(2);
    expect(sandbox.ledger.billed).toBe(0.084);
    expect(await world.names("journal")).toHaveLength(2);
  });

  test("counts what is under way in another window, and what is forgotten", async () => {
    const { world, window } = await openShop({ perDay: 0.1 });
    const [thisWindow, otherWindow] = [await window(), await window()];
    const running = open(2, { createdAt: world.ports.now() });
    await otherWindow.journal.create(running);
    await otherWindow.journal.forget(running.taskUUID);
    await otherWindow.journal.create(open(1, { createdAt: world.ports.now(), state: "sending" }));
    await expect(buy(world, thisWindow, 1)).rejects.toThrow(
      "Reserved for running requests: about $0.028. May have been billed: about $0.056.",
    );
    expect(await world.names("journal")).toHaveLength(2);
  });

  test("does not refuse for what only this window still takes to be under way", async () => {
    const { world, window } = await openShop({ perDay: 0.06 });
    const [thisWindow, otherWindow] = [await window(), await window()];
    const job = open(2, { createdAt: world.ports.now() });
    await otherWindow.journal.create(job);
    await thisWindow.journal.load();
    await otherWindow.journal.remove(job.taskUUID);
    await buy(world, thisWindow, 2);
  });

  test("in the sandbox is free, whatever the budget", async () => {
    const { world, ports, asked } = await openShop({ perDay: 0, perMonth: 0, askAbove: 0 });
    const jobs = await world.open({ ...world.ports, budget: ports().budget });
    expect((await buy(world, jobs, 1)).cost).toBe(0.028);
    expect(asked).toEqual([]);
  });

  test("reads the jobs of other windows only where a limit is set", async () => {
    for (const [limits, expected] of [
      [{}, 0],
      [{ askAbove: 1 }, 0],
      [{ perMonth: 1 }, 1],
    ] as const) {
      const { world, window } = await openShop(limits);
      let lists = 0;
      const list = () => {
        lists++;
        return world.ports.journal.list();
      };
      const jobs = await window({ journal: { ...world.ports.journal, list } });
      lists = 0;
      await buy(world, jobs, 1);
      expect(lists).toBe(expected);
    }
  });

  test("is refused where the limits or the other jobs cannot be read, with nothing sent and nothing left behind", async () => {
    const { world, window, sends } = await openShop({ perDay: 1 });
    const unreadable = { list: () => Promise.reject(new Error("EACCES")), read: world.ports.journal.read };
    const limits = () => {
      throw new Error("no such limit");
    };
    const brokenWindow = await window();
    const journal = { ...world.ports.journal };
    const jobs = await window({ journal });
    Object.assign(journal, unreadable);
    await expect(buy(world, jobs, 1)).rejects.toThrow("EACCES");
    const unlimited = await window({ budget: { limits, approve: async () => true } });
    await expect(buy(world, unlimited, 1)).rejects.toThrow("no such limit");
    expect(sends()).toEqual([]);
    expect(await world.names("journal")).toEqual([]);
    expect(brokenWindow.journal.list()).toEqual([]);
  });

  test("stopped while the budget is looked at sends nothing and leaves nothing behind", async () => {
    const { world, window, sends } = await openShop({ perDay: 1 });
    const controller = new AbortController();
    const journal = { ...world.ports.journal };
    const jobs = await window({ journal });
    journal.list = () => {
      controller.abort();
      return world.ports.journal.list();
    };
    await expect(jobs.buy(order(world), controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    expect([sends(), await world.names("journal")]).toEqual([[], []]);
  });
});

describe("Being asked", () => {
  test("happens above the amount and not at it, before anything is written down", async () => {
    const { world, window, asked } = await openShop({ askAbove: 0.028 });
    const jobs = await window();
    await buy(world, jobs, 1);
    expect(asked).toEqual([]);
    await buy(world, jobs, 2);
    expect(asked).toEqual([{ estimate: 0.056, askAbove: 0.028, count: 2 }]);
  });

  test("and declining is silence: nothing is written down, nothing is sent", async () => {
    const { world, window, sends } = await openShop({ askAbove: 0.01 }, false);
    await expect(buy(world, await window(), 1)).rejects.toMatchObject({
      kind: "stopped",
      message: "The request was declined when Limn asked about its price. Nothing was sent.",
    });
    expect([sends(), await world.names("journal")]).toEqual([[], []]);
  });

  test("does not happen about what cannot be had", async () => {
    const { world, window, asked } = await openShop({ askAbove: 0.01, perDay: 0.02 });
    await expect(buy(world, await window(), 1)).rejects.toMatchObject({ kind: "budget" });
    expect(asked).toEqual([]);
  });
});

describe("Two windows that want the last of the budget at the same moment", () => {
  /** A journal that waits before its `step`th call, and tells when it does. */
  function gated(journal: JournalPort, step: number, gate: Promise<void>, onWait: () => void): JournalPort {
    let calls = 0;
    const wait = async () => {
      if (calls++ === step) {
        onWait();
        await gate;
      }
    };
    return {
      list: async () => wait().then(journal.list),
      read: async (id) => wait().then(() => journal.read(id)),
      write: async (id, text) => wait().then(() => journal.write(id, text)),
      remove: async (id) => wait().then(() => journal.remove(id)),
    };
  }

  test("never both get it, whoever waits where", async () => {
    const { world, sandbox, ports } = await openShop({ perDay: 0.028 });
    const outcomes = new Set<string>();
    // Opening lists; buying writes, lists, and reads its own file; then it is sent, and its file
    // read again.
    for (let step = 1; step <= 4; step++) {
      const before = sandbox.ledger.taskCount;
      const { promise, resolve } = Promise.withResolvers<void>();
      const { promise: isWaiting, resolve: onWait } = Promise.withResolvers<void>();
      const slow = await world.open(ports({ journal: gated(world.ports.journal, step, promise, onWait) }));
      const quick = await world.open(ports());
      const first = buy(world, slow, 1).catch((error: unknown) => error);
      await isWaiting;
      const second = await buy(world, quick, 1).catch((error: unknown) => error);
      resolve();
      const refused = [await first, second].map((result) => result instanceof LimnError && result.kind === "budget");
      outcomes.add(refused.map((isRefused) => (isRefused ? "refused" : "bought")).join(", "));
      expect(sandbox.ledger.taskCount - before).toBe(refused.filter((isRefused) => !isRefused).length);
      expect(sandbox.ledger.taskCount - before).toBeLessThanOrEqual(1);
      for (const id of await world.ports.journal.list()) {
        await world.ports.journal.remove(id);
      }
    }
    expect(outcomes).toEqual(new Set(["refused, bought", "bought, refused"]));
  });

  test("join no reading of the journal that began before they wrote", async () => {
    const { world, window, sends } = await openShop({ perDay: 0.028 });
    const journal = { ...world.ports.journal };
    const [thisWindow, otherWindow] = [await window({ journal }), await window()];
    const { promise, resolve } = Promise.withResolvers<void>();
    journal.list = async () => {
      const ids = await world.ports.journal.list();
      await promise;
      return ids;
    };
    // A reading is under way that does not see what the other window writes now.
    const early = thisWindow.journal.load();
    await buy(world, otherWindow, 1);
    const late = buy(world, thisWindow, 1);
    late.catch(() => undefined);
    await expect.poll(() => world.names("journal")).toHaveLength(2);
    resolve();
    await early;
    await expect(late).rejects.toMatchObject({ kind: "budget" });
    expect(sends()).toHaveLength(1);
  });
});

test("A window that dies at any moment of a refused purchase never has it sent, now or later", async () => {
  const { world, front, sandbox, ports } = await openShop({ perDay: 0.028 });
  const other = bought({ createdAt: world.ports.now() });
  let hasCrashed = true;
  let step = 0;
  while (hasCrashed) {
    step++;
    const { ports: portsThatCrash, death: crash } = mortal(ports(), step);
    const jobs = world.open(portsThatCrash);
    const processRun = jobs
      .then(async (window) => {
        // The other window's purchase comes when this one has looked and not yet written.
        await world.ports.journal.write(other.taskUUID, JSON.stringify(other));
        return buy(world, window, 1);
      })
      .catch(() => "refused" as const);
    hasCrashed = (await Promise.race([processRun, crash])) === "dead";
    const next = await world.open(ports());
    await Promise.all(
      next.journal
        .list()
        .filter(({ state }) => state === "sending")
        .map(({ taskUUID }) => next.checkAgain(taskUUID, never).catch(() => undefined)),
    );
    for (const { taskUUID } of next.journal.listAll()) {
      await next.journal.remove(taskUUID);
    }
  }
  expect(step).toBeGreaterThan(8);
  expect(sandbox.ledger.taskCount).toBe(0);
  expect(front.requests.filter(({ taskType }) => taskType === "imageInference")).toEqual([]);
});
