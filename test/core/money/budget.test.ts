import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import type { Job } from "../../../src/core/jobs/job.ts";
import { budgetError, budgetStatuses } from "../../../src/core/money/budget.ts";
import { sandboxEndpointName } from "../../../src/core/money/realMoney.ts";
import type { JournalPort } from "../../../src/core/ports.ts";
import { crashingPorts } from "../support/crashingPorts.ts";
import { openPaidJob, paidJob } from "../support/paidJob.ts";
import { buy, setUpPaid } from "../support/paidSetUp.ts";
import { createJobRequest, neverAborted } from "../support/setUp.ts";

const now = Date.UTC(2026, 1, 5, 12);

describe("A request", () => {
  test("that fits exactly passes, and one that is a millionth above the limit does not", () => {
    const jobs = [paidJob({ costs: [0.1] }), paidJob({ costs: [0.2] })];
    expect(budgetError({ perDay: 0.4 }, jobs, 0.1, now)).toBeUndefined();
    expect(budgetError({ perDay: 0.4 }, jobs, 0.100001, now)).toMatchObject({ kind: "budget", billed: "no" });
  });

  test("is refused exactly when everything that counts would exceed the limit", () => {
    const job = fc.oneof(
      fc
        .array(fc.integer({ min: 0, max: 900_000 }), { minLength: 1, maxLength: 4 })
        .map((costs) => paidJob({ costs: costs.map((micros) => micros / 1e6) })),
      fc.integer({ min: 1, max: 20 }).map((count) => openPaidJob(count)),
      fc.integer({ min: 1, max: 20 }).map((count) => openPaidJob(count, { state: "unknown" })),
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

  test("of yesterday counts for the month but not for the day", () => {
    const jobs = [paidJob({ costs: [0.9], createdAt: now - 86_400_000 })];
    expect(budgetError({ perDay: 1 }, jobs, 0.2, now)).toBeUndefined();
    expect(budgetError({ perMonth: 1 }, jobs, 0.2, now)?.message).toContain(
      "This month's budget of $1.00 has $0.100 left",
    );
    expect(budgetStatuses({ perDay: 1, perMonth: 1 }, jobs, now).map(({ remaining: left }) => left)).toEqual([1, 0.1]);
  });

  test("that is refused reports its price, what is left and why, the excess, and the setting", () => {
    const jobs = [paidJob({ costs: [0.81] }), openPaidJob(5)];
    expect(budgetError({ perDay: 1, perMonth: 100 }, jobs, 0.112, now)?.message).toBe(
      "This request is expected to cost about $0.112. Today's budget of $1.00 has about $0.050 left. " +
        "This request would exceed it by about $0.062. Spent: $0.810. Reserved for running requests: about $0.140. " +
        "Nothing was sent. Change “limn.budget.perDay” in the settings.",
    );
  });

  test("reports the limit that it exceeds most", () => {
    expect(budgetError({ perDay: 0.1, perMonth: 0.05 }, [], 0.112, now)?.message).toContain("limn.budget.perMonth");
  });

  test.each<[string, readonly Job[], string]>([
    [
      "spent and nothing else",
      [paidJob({ costs: [0.99] })],
      "has $0.010 left. This request would exceed it by about $0.998. Spent: $0.990. Nothing",
    ],
    [
      "an estimate in it",
      [paidJob({ costs: [0.5, undefined] })],
      "has about $0.472 left. This request would exceed it by about $0.536. Spent: $0.528, of which about $0.028 is estimated. Nothing",
    ],
    [
      "unknown outcomes",
      [openPaidJob(18, { state: "unknown" })],
      "has about $0.496 left. This request would exceed it by about $0.512. May have been billed: about $0.504. Nothing",
    ],
    [
      "nothing left",
      [paidJob({ costs: [1] })],
      "is used up. This request would exceed it by about $1.008. Spent: $1.00. Nothing",
    ],
    [
      "less than nothing left",
      [paidJob({ costs: [1.2] })],
      "is used up. This request would exceed it by about $1.208. Spent: $1.20. Nothing",
    ],
    ["nothing spent", [], "has $1.00 left. This request would exceed it by about $0.008. Nothing"],
  ])("never reports an estimate as an exact price: %s", (_, jobs, words) => {
    expect(budgetError({ perDay: 1 }, jobs, 1.008, now)?.message).toContain(`Today's budget of $1.00 ${words}`);
  });
});

describe("Buying", () => {
  test("works until the budget is used up, then nothing is written or sent", async () => {
    const { environment, sandbox, openWindow, sentTaskIds } = await setUpPaid({ perDay: 0.084 });
    const jobs = await openWindow();
    await buy(environment, jobs, 2);
    await buy(environment, jobs, 1);
    await expect(buy(environment, jobs, 1)).rejects.toMatchObject({
      kind: "budget",
      message: expect.stringContaining(
        "Today's budget of $0.084 is used up. This request would exceed it by about $0.028. Spent: $0.084.",
      ),
    });
    expect(sentTaskIds()).toHaveLength(2);
    expect(sandbox.ledger.billed).toBe(0.084);
    expect(await environment.listFolder("journal")).toHaveLength(2);
  });

  test("counts running jobs of other windows, and forgotten jobs", async () => {
    const { environment, openWindow } = await setUpPaid({ perDay: 0.1 });
    const [thisWindow, otherWindow] = [await openWindow(), await openWindow()];
    const running = openPaidJob(2, { createdAt: environment.ports.now() });
    await otherWindow.journal.create(running);
    await otherWindow.journal.forget(running.taskUUID);
    await otherWindow.journal.create(openPaidJob(1, { createdAt: environment.ports.now(), state: "sending" }));
    await expect(buy(environment, thisWindow, 1)).rejects.toThrow(
      "Reserved for running requests: about $0.028. May have been billed: about $0.056.",
    );
    expect(await environment.listFolder("journal")).toHaveLength(2);
  });

  test("does not count a job that only this window still considers running", async () => {
    const { environment, openWindow } = await setUpPaid({ perDay: 0.06 });
    const [thisWindow, otherWindow] = [await openWindow(), await openWindow()];
    const job = openPaidJob(2, { createdAt: environment.ports.now() });
    await otherWindow.journal.create(job);
    await thisWindow.journal.load();
    await otherWindow.journal.remove(job.taskUUID);
    await buy(environment, thisWindow, 2);
  });

  test("in the sandbox is free, whatever the budget", async () => {
    const { environment, ports, approvalRequests } = await setUpPaid({ perDay: 0, perMonth: 0, askAbove: 0 });
    const { endpoint: paidEndpoint } = ports();
    const endpoint = async (wanted?: string) => {
      const found = await paidEndpoint(wanted);
      return found && { ...found, name: sandboxEndpointName };
    };
    const jobs = await environment.openWindow(ports({ endpoint }));
    expect((await buy(environment, jobs, 1)).cost).toBe(0);
    expect(approvalRequests).toEqual([]);
  });

  test("reads the jobs of other windows only if a limit is set", async () => {
    for (const [limits, expected] of [
      [{}, 0],
      [{ askAbove: 1 }, 0],
      [{ perMonth: 1 }, 1],
    ] as const) {
      const { environment, openWindow } = await setUpPaid(limits);
      let lists = 0;
      const list = () => {
        lists++;
        return environment.ports.journal.list();
      };
      const jobs = await openWindow({ journal: { ...environment.ports.journal, list } });
      lists = 0;
      await buy(environment, jobs, 1);
      expect(lists).toBe(expected);
    }
  });

  test("is refused without a trace if the limits or the other jobs cannot be read", async () => {
    const { environment, openWindow, sentTaskIds } = await setUpPaid({ perDay: 1 });
    const unreadable = { list: () => Promise.reject(new Error("EACCES")), read: environment.ports.journal.read };
    const limits = () => {
      throw new Error("no such limit");
    };
    const brokenWindow = await openWindow();
    const journal = { ...environment.ports.journal };
    const jobs = await openWindow({ journal });
    Object.assign(journal, unreadable);
    await expect(buy(environment, jobs, 1)).rejects.toThrow("EACCES");
    const unlimited = await openWindow({ budget: { limits, approve: async () => true } });
    await expect(buy(environment, unlimited, 1)).rejects.toThrow("no such limit");
    expect(sentTaskIds()).toEqual([]);
    expect(await environment.listFolder("journal")).toEqual([]);
    expect(brokenWindow.journal.list()).toEqual([]);
  });

  test("that is stopped during the budget check sends nothing and leaves no trace", async () => {
    const { environment, openWindow, sentTaskIds } = await setUpPaid({ perDay: 1 });
    const controller = new AbortController();
    const journal = { ...environment.ports.journal };
    const jobs = await openWindow({ journal });
    journal.list = () => {
      controller.abort();
      return environment.ports.journal.list();
    };
    await expect(jobs.buy(createJobRequest(environment), controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    expect([sentTaskIds(), await environment.listFolder("journal")]).toEqual([[], []]);
  });
});

describe("The approval", () => {
  test("is requested above the amount and not at it, before anything is written", async () => {
    const { environment, openWindow, approvalRequests } = await setUpPaid({ askAbove: 0.028 });
    const jobs = await openWindow();
    await buy(environment, jobs, 1);
    expect(approvalRequests).toEqual([]);
    await buy(environment, jobs, 2);
    expect(approvalRequests).toEqual([{ estimate: 0.056, askAbove: 0.028, count: 2 }]);
  });

  test("can be declined silently: nothing is written or sent", async () => {
    const { environment, openWindow, sentTaskIds } = await setUpPaid({ askAbove: 0.01 }, false);
    await expect(buy(environment, await openWindow(), 1)).rejects.toMatchObject({
      kind: "stopped",
      message: "The request was declined when Limn asked about its price. Nothing was sent.",
    });
    expect([sentTaskIds(), await environment.listFolder("journal")]).toEqual([[], []]);
  });

  test("is not requested for a request above the budget", async () => {
    const { environment, openWindow, approvalRequests } = await setUpPaid({ askAbove: 0.01, perDay: 0.02 });
    await expect(buy(environment, await openWindow(), 1)).rejects.toMatchObject({ kind: "budget" });
    expect(approvalRequests).toEqual([]);
  });
});

describe("Two windows that spend the last of the budget at the same moment", () => {
  /** A journal that waits before its `step`th call and calls `onWait` then. */
  function gated(journal: JournalPort, step: number, gate: Promise<void>, onWait: () => void): JournalPort {
    let calls = 0;
    const wait = async () => {
      if (calls++ === step) {
        onWait();
        await gate;
      }
    };
    return {
      ...journal,
      list: async () => wait().then(journal.list),
      read: async (id) => wait().then(() => journal.read(id)),
      write: async (id, text) => wait().then(() => journal.write(id, text)),
      remove: async (id) => wait().then(() => journal.remove(id)),
    };
  }

  test("never both buy, at whatever step one of them waits", async () => {
    const { environment, sandbox, ports } = await setUpPaid({ perDay: 0.028 });
    const outcomes = new Set<string>();
    // Opening lists the jobs; buying writes, lists and reads its own file; after the send it reads
    // it again.
    for (let step = 1; step <= 4; step++) {
      const before = sandbox.ledger.taskCount;
      const { promise, resolve } = Promise.withResolvers<void>();
      const { promise: isWaiting, resolve: onWait } = Promise.withResolvers<void>();
      const slow = await environment.openWindow(
        ports({ journal: gated(environment.ports.journal, step, promise, onWait) }),
      );
      const quick = await environment.openWindow(ports());
      const first = buy(environment, slow, 1).catch((error: unknown) => error);
      await isWaiting;
      const second = await buy(environment, quick, 1).catch((error: unknown) => error);
      resolve();
      const refused = [await first, second].map((result) => result instanceof LimnError && result.kind === "budget");
      outcomes.add(refused.map((isRefused) => (isRefused ? "refused" : "bought")).join(", "));
      expect(sandbox.ledger.taskCount - before).toBe(refused.filter((isRefused) => !isRefused).length);
      expect(sandbox.ledger.taskCount - before).toBeLessThanOrEqual(1);
      for (const id of await environment.ports.journal.list()) {
        await environment.ports.journal.remove(id);
      }
    }
    expect(outcomes).toEqual(new Set(["refused, bought", "bought, refused"]));
  });

  test("never reuse a read of the journal that started before they wrote", async () => {
    const { environment, openWindow, sentTaskIds } = await setUpPaid({ perDay: 0.028 });
    const journal = { ...environment.ports.journal };
    const [thisWindow, otherWindow] = [await openWindow({ journal }), await openWindow()];
    const { promise, resolve } = Promise.withResolvers<void>();
    journal.list = async () => {
      const ids = await environment.ports.journal.list();
      await promise;
      return ids;
    };
    // A read is running that does not see what the other window writes now.
    const early = thisWindow.journal.load();
    await buy(environment, otherWindow, 1);
    const late = buy(environment, thisWindow, 1);
    late.catch(() => undefined);
    await expect.poll(() => environment.listFolder("journal")).toHaveLength(2);
    resolve();
    await early;
    await expect(late).rejects.toMatchObject({ kind: "budget" });
    expect(sentTaskIds()).toHaveLength(1);
  });
});

test("A refused purchase is never sent, even if its window crashes at any moment", async () => {
  const { environment, faultProxy, sandbox, ports } = await setUpPaid({ perDay: 0.028 });
  const other = paidJob({ createdAt: environment.ports.now() });
  let hasCrashed = true;
  let step = 0;
  while (hasCrashed) {
    step++;
    const { ports: portsThatCrash, crash } = crashingPorts(ports(), step);
    const jobs = environment.openWindow(portsThatCrash);
    const processRun = jobs
      .then(async (window) => {
        // The other window buys after this one has read and before it has written.
        await environment.ports.journal.write(other.taskUUID, JSON.stringify(other));
        return buy(environment, window, 1);
      })
      .catch(() => "refused" as const);
    hasCrashed = (await Promise.race([processRun, crash])) === "crashed";
    const next = await environment.openWindow(ports());
    await Promise.all(
      next.journal
        .list()
        .filter(({ state }) => state === "sending")
        .map(({ taskUUID }) => next.checkAgain(taskUUID, neverAborted).catch(() => undefined)),
    );
    for (const { taskUUID } of next.journal.listAll()) {
      await next.journal.remove(taskUUID);
    }
  }
  expect(step).toBeGreaterThan(8);
  expect(sandbox.ledger.taskCount).toBe(0);
  expect(faultProxy.requests.filter(({ taskType }) => taskType === "imageInference")).toEqual([]);
});
