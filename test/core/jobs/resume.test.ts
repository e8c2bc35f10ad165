import { describe, expect, test } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import {
  bytesAt,
  every,
  first,
  isArchive,
  isDownload,
  isPoll,
  isSend,
  nameOf,
  never,
  openHouse,
  order,
  says,
} from "../support/setUp.ts";

describe("Who stops waiting", () => {
  test("hears nothing, and finds the pictures later", async () => {
    const { sandbox, front, world, jobs, buy, job } = await openHouse();
    const controller = new AbortController();
    front.setRule((seen) => {
      if (isPoll(seen) && seen.precedingCount === 1) {
        controller.abort();
      }
      return every(says({ data: [] }), isPoll)(seen);
    });
    await expect(buy({}, {}, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    const { taskUUID, state } = await job();
    expect(state).toBe("running");
    expect(jobs.isFollowed(taskUUID)).toBe(false);
    expect(await world.names("pictures")).toEqual([]);
    front.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, never)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
    expect(isUnfinished(await job())).toBe(false);
  });

  test("while the task is being sent leaves a job that can be checked", async () => {
    const { sandbox, front, jobs, buy, job } = await openHouse();
    const controller = new AbortController();
    front.setRule((seen) => {
      controller.abort();
      return first(1, isSend, { cut: "after" })(seen);
    });
    await expect(buy({}, {}, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    const { taskUUID, state } = await job();
    expect(state).toBe("sending");
    front.setRule(() => undefined);
    // The service may have accepted it or not; what is there is brought home, and nothing is bought
    // by looking.
    const accepted = sandbox.ledger.acceptedCount(taskUUID);
    const files = await jobs.checkAgain(taskUUID, never).then(
      (outcome) => outcome.files.length,
      () => 0,
    );
    expect(files).toBe(accepted);
  });

  test("before anything was sent has no job", async () => {
    const { sandbox, world, buy } = await openHouse();
    await expect(buy({}, {}, AbortSignal.abort())).rejects.toMatchObject({ kind: "stopped" });
    expect(sandbox.receivedTaskTypes).toEqual([]);
    expect(await world.names("journal")).toEqual([]);
  });
});

describe("A job of an earlier session", () => {
  test("is followed without being sent again", async () => {
    const { sandbox, front, world, jobs, buy, job, sends } = await openHouse();
    front.setRule(every(says({ data: [] }), isPoll, isArchive));
    await expect(buy({ count: 3 })).rejects.toMatchObject({ billed: "maybe" });
    front.setRule(() => undefined);
    const { taskUUID } = await job();
    world.pass(3 * 24 * 60 * 60_000);
    const later = await world.open();
    expect((await later.checkAgain(taskUUID, never)).files).toHaveLength(3);
    expect(sends()).toEqual([taskUUID]);
    expect(sandbox.ledger.taskCount).toBe(1);
    expect(jobs.isFollowed(taskUUID)).toBe(false);
  });

  test("that was never heard of is of unknown outcome after a short look, not after a quarter of an hour", async () => {
    const { front, world, buy, job } = await openHouse();
    front.setRule(every({ cut: "before" }, isSend));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    const { taskUUID } = await job();
    const before = world.pauses.length;
    const later = await world.open();
    await expect(later.checkAgain(taskUUID, never)).rejects.toMatchObject({ billed: "maybe" });
    expect(world.pauses.slice(before).reduce((sum, pause) => sum + pause, 0)).toBeLessThan(60_000);
  });

  test("that was sent elsewhere is left alone", async () => {
    const { world, buy, job } = await openHouse();
    await buy();
    const before = await job();
    const moved = await world.open({ ...world.ports, endpoint: async () => undefined });
    await expect(moved.checkAgain(before.taskUUID, never)).rejects.toMatchObject({ kind: "key" });
    expect(await job()).toEqual(before);
  });

  test("that is complete is not asked for any more", async () => {
    const { front, buy, world } = await openHouse();
    const { job, files } = await buy({ count: 2 });
    const asked = front.requests.length;
    const later = await world.open();
    expect((await later.checkAgain(job.taskUUID, never)).files).toEqual(files);
    expect(front.requests).toHaveLength(asked);
  });

  test("whose copy in the vault is damaged gets it anew", async () => {
    const { front, jobs, world, buy } = await openHouse();
    front.setRule(every(says("", 404), isDownload));
    const { job } = await buy();
    await world.ports.vault.write([Buffer.from("half a pic")], () => `${job.taskUUID}_${job.pictures[0]?.id}.jpg`);
    front.setRule(() => undefined);
    const { files } = await jobs.checkAgain(job.taskUUID, never);
    expect(files.map(nameOf)).toEqual(["lighthouse.jpg"]);
    expect((await bytesAt(files[0] ?? "")).length).toBeGreaterThan(1000);
  });
});

describe("A disk that fails", () => {
  const full = () => Promise.reject(new Error("ENOSPC: no space left"));

  test("at the vault says that the picture is paid for, and gets it when it is mended", async () => {
    const { sandbox, world, job } = await openHouse();
    const broken = await world.open({
      ...world.ports,
      vault: { ...world.ports.vault, write: full, writeToFallbackFolder: full },
    });
    await expect(broken.buy(order(world), never)).rejects.toMatchObject({
      kind: "files",
      billed: "maybe",
      message: expect.stringContaining("ENOSPC"),
    });
    const unfinished = await job();
    expect(isUnfinished(unfinished)).toBe(true);
    const mended = await world.open();
    expect((await mended.checkAgain(unfinished.taskUUID, never)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("so that the vault cannot be read keeps no job of an earlier session waiting: its picture goes elsewhere", async () => {
    const { sandbox, front, world, job, buy } = await openHouse();
    const controller = new AbortController();
    front.setRule((seen) => {
      controller.abort();
      return every(says({ data: [] }), isPoll)(seen);
    });
    await expect(buy({}, { keep: "ask" }, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    front.setRule(() => undefined);
    const denied = () => Promise.reject(new Error("EACCES: permission denied"));
    const { writeToFallbackFolder } = world.ports.vault;
    const vault = { write: denied, read: denied, has: denied, listFallbackFiles: denied, writeToFallbackFolder };
    const later = await world.open({ ...world.ports, vault });
    await later.checkAgain((await job()).taskUUID, never);
    expect((await job()).pictures[0]?.rescued).toBeDefined();
    expect(await world.names("refuge")).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("at the workspace leaves the pictures in the vault, to be kept later without the service", async () => {
    const { front, world, job } = await openHouse();
    const broken = await world.open({ ...world.ports, files: { ...world.ports.files, create: full } });
    await expect(broken.buy(order(world, { count: 2 }), never)).rejects.toThrow("ENOSPC");
    expect(await world.names("vault")).toHaveLength(2);
    expect(isUnfinished(await job())).toBe(true);
    await front.close();
    const mended = await world.open();
    expect((await mended.checkAgain((await job()).taskUUID, never)).files).toHaveLength(2);
  });
});

describe("Two windows", () => {
  test("that follow one job save every picture once", async () => {
    const { sandbox, front, world, jobs, buy, job } = await openHouse();
    front.setRule(every(says({ data: [] }), isPoll, isArchive));
    await expect(buy({ count: 4 })).rejects.toMatchObject({ billed: "maybe" });
    front.setRule(() => undefined);
    const { taskUUID } = await job();
    const other = await world.open();
    const [one, two] = await Promise.all([jobs.checkAgain(taskUUID, never), other.checkAgain(taskUUID, never)]);
    expect(await world.names("pictures")).toHaveLength(4);
    expect(await world.names("vault")).toHaveLength(4);
    expect(new Set([...one.files, ...two.files]).size).toBe(4);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("may look at a job that the other one is just buying", async () => {
    const { sandbox, front, world, jobs, buy } = await openHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    const sent = Promise.withResolvers<void>();
    front.setRule((seen) => {
      if (!isSend(seen)) {
        return undefined;
      }
      sent.resolve();
      return { holdUntil: promise };
    });
    const bought = buy();
    await sent.promise;
    const other = await world.open();
    const [{ taskUUID } = { taskUUID: "" }] = jobs.journal.list();
    await expect(other.checkAgain(taskUUID, never)).rejects.toMatchObject({ billed: "maybe" });
    resolve();
    expect((await bought).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
    expect(await world.names("pictures")).toHaveLength(1);
  });

  test("that buy at once under one name get two files", async () => {
    const { world, jobs } = await openHouse();
    const other = await world.open();
    const outcomes = await Promise.all([jobs, other].map((window) => window.buy(order(world), never)));
    expect(outcomes.flatMap(({ files }) => files.map(nameOf)).sort()).toEqual(["lighthouse-2.jpg", "lighthouse.jpg"]);
  });

  test("of which one follows already: who asks in the same window waits for the same end", async () => {
    const { jobs, buy } = await openHouse();
    const { job } = await buy();
    const [one, two] = await Promise.all([1, 2].map(() => jobs.checkAgain(job.taskUUID, never)));
    expect(one).toBe(two);
  });
});
