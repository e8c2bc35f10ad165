import { describe, expect, test } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import {
  createJobRequest,
  fileName,
  isArchive,
  isDownload,
  isPoll,
  isSend,
  neverAborted,
  onEvery,
  onFirst,
  readBytes,
  respondWith,
  setUp,
} from "../support/setUp.ts";

describe("Stop Waiting", () => {
  test("shows no error, and Check Again delivers the pictures later", async () => {
    const { sandbox, faultProxy, environment, jobs, buy, readJob } = await setUp();
    const controller = new AbortController();
    faultProxy.setRule((request) => {
      if (isPoll(request) && request.precedingCount === 1) {
        controller.abort();
      }
      return onEvery(respondWith({ data: [] }), isPoll)(request);
    });
    await expect(buy({}, {}, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    const { taskUUID, state } = await readJob();
    expect(state).toBe("running");
    expect(jobs.isFollowed(taskUUID)).toBe(false);
    expect(await environment.listFolder("pictures")).toEqual([]);
    faultProxy.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, neverAborted)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
    expect(isUnfinished(await readJob())).toBe(false);
  });

  test("during the send leaves a job that can be checked", async () => {
    const { sandbox, faultProxy, jobs, buy, readJob } = await setUp();
    const controller = new AbortController();
    faultProxy.setRule((request) => {
      controller.abort();
      return onFirst(1, isSend, { cut: "after" })(request);
    });
    await expect(buy({}, {}, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    const { taskUUID, state } = await readJob();
    expect(state).toBe("sending");
    faultProxy.setRule(() => undefined);
    // The service may or may not have accepted it; Check Again delivers what exists and buys
    // nothing.
    const accepted = sandbox.ledger.acceptedCount(taskUUID);
    const files = await jobs.checkAgain(taskUUID, neverAborted).then(
      (outcome) => outcome.files.length,
      () => 0,
    );
    expect(files).toBe(accepted);
  });

  test("before the send leaves no job", async () => {
    const { sandbox, environment, buy } = await setUp();
    await expect(buy({}, {}, AbortSignal.abort())).rejects.toMatchObject({ kind: "stopped" });
    expect(sandbox.receivedTaskTypes).toEqual([]);
    expect(await environment.listFolder("journal")).toEqual([]);
  });
});

describe("A job of an earlier session", () => {
  test("is resumed without being sent again", async () => {
    const { sandbox, faultProxy, environment, jobs, buy, readJob, sentTaskIds } = await setUp();
    faultProxy.setRule(onEvery(respondWith({ data: [] }), isPoll, isArchive));
    await expect(buy({ count: 3 })).rejects.toMatchObject({ billed: "maybe" });
    faultProxy.setRule(() => undefined);
    const { taskUUID } = await readJob();
    environment.advanceClock(3 * 24 * 60 * 60_000);
    const later = await environment.openWindow();
    expect((await later.checkAgain(taskUUID, neverAborted)).files).toHaveLength(3);
    expect(sentTaskIds()).toEqual([taskUUID]);
    expect(sandbox.ledger.taskCount).toBe(1);
    expect(jobs.isFollowed(taskUUID)).toBe(false);
  });

  test("that the service never knew becomes unknown after a short check, not after 15 minutes", async () => {
    const { faultProxy, environment, buy, readJob } = await setUp();
    faultProxy.setRule(onEvery({ cut: "before" }, isSend));
    await expect(buy()).rejects.toMatchObject({ billed: "maybe" });
    const { taskUUID } = await readJob();
    const before = environment.pauses.length;
    const later = await environment.openWindow();
    await expect(later.checkAgain(taskUUID, neverAborted)).rejects.toMatchObject({ billed: "maybe" });
    expect(environment.pauses.slice(before).reduce((sum, pause) => sum + pause, 0)).toBeLessThan(60_000);
  });

  test("that was sent to another endpoint is not resumed", async () => {
    const { environment, buy, readJob } = await setUp();
    await buy();
    const before = await readJob();
    const moved = await environment.openWindow({ ...environment.ports, endpoint: async () => undefined });
    await expect(moved.checkAgain(before.taskUUID, neverAborted)).rejects.toMatchObject({ kind: "key" });
    expect(await readJob()).toEqual(before);
  });

  test("that is complete is not requested again", async () => {
    const { faultProxy, buy, environment } = await setUp();
    const { job, files } = await buy({ count: 2 });
    const asked = faultProxy.requests.length;
    const later = await environment.openWindow();
    expect((await later.checkAgain(job.taskUUID, neverAborted)).files).toEqual(files);
    expect(faultProxy.requests).toHaveLength(asked);
  });

  test("whose copy in the vault is damaged downloads it again", async () => {
    const { faultProxy, jobs, environment, buy } = await setUp();
    faultProxy.setRule(onEvery(respondWith("", 404), isDownload));
    const { job } = await buy();
    await environment.ports.vault.write(
      [Buffer.from("half a pic")],
      () => `${job.taskUUID}_${job.pictures[0]?.id}.jpg`,
    );
    faultProxy.setRule(() => undefined);
    const { files } = await jobs.checkAgain(job.taskUUID, neverAborted);
    expect(files.map(fileName)).toEqual(["lighthouse.jpg"]);
    expect((await readBytes(files[0] ?? "")).length).toBeGreaterThan(1000);
  });
});

describe("A failing disk", () => {
  const full = () => Promise.reject(new Error("ENOSPC: no space left"));

  test("under the vault reports that the picture is paid for, and gets it after the repair", async () => {
    const { sandbox, environment, readJob } = await setUp();
    const broken = await environment.openWindow({
      ...environment.ports,
      vault: { ...environment.ports.vault, write: full, writeToFallbackFolder: full },
    });
    await expect(broken.buy(createJobRequest(environment), neverAborted)).rejects.toMatchObject({
      kind: "files",
      billed: "maybe",
      message: expect.stringContaining("ENOSPC"),
    });
    const unfinished = await readJob();
    expect(isUnfinished(unfinished)).toBe(true);
    const nextWindow = await environment.openWindow();
    expect((await nextWindow.checkAgain(unfinished.taskUUID, neverAborted)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("that cannot read the vault does not block a job of an earlier session", async () => {
    const { sandbox, faultProxy, environment, readJob, buy } = await setUp();
    const controller = new AbortController();
    faultProxy.setRule((request) => {
      controller.abort();
      return onEvery(respondWith({ data: [] }), isPoll)(request);
    });
    await expect(buy({}, { keep: "ask" }, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    faultProxy.setRule(() => undefined);
    const denied = () => Promise.reject(new Error("EACCES: permission denied"));
    const { writeToFallbackFolder } = environment.ports.vault;
    const unreadable = { read: denied, has: denied, list: denied, listFallbackFiles: denied };
    const vault = { ...unreadable, write: denied, writeToFallbackFolder };
    const later = await environment.openWindow({ ...environment.ports, vault });
    await later.checkAgain((await readJob()).taskUUID, neverAborted);
    expect((await readJob()).pictures[0]?.fallbackPath).toBeDefined();
    expect(await environment.listFolder("fallback")).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("under the workspace leaves the pictures in the vault, to be kept later without the service", async () => {
    const { faultProxy, environment, readJob } = await setUp();
    const broken = await environment.openWindow({
      ...environment.ports,
      files: { ...environment.ports.files, create: full },
    });
    await expect(broken.buy(createJobRequest(environment, { count: 2 }), neverAborted)).rejects.toThrow("ENOSPC");
    expect(await environment.listFolder("vault")).toHaveLength(2);
    expect(isUnfinished(await readJob())).toBe(true);
    await faultProxy.close();
    const nextWindow = await environment.openWindow();
    expect((await nextWindow.checkAgain((await readJob()).taskUUID, neverAborted)).files).toHaveLength(2);
  });
});

describe("Two windows", () => {
  test("that follow one job save each picture once", async () => {
    const { sandbox, faultProxy, environment, jobs, buy, readJob } = await setUp();
    faultProxy.setRule(onEvery(respondWith({ data: [] }), isPoll, isArchive));
    await expect(buy({ count: 4 })).rejects.toMatchObject({ billed: "maybe" });
    faultProxy.setRule(() => undefined);
    const { taskUUID } = await readJob();
    const other = await environment.openWindow();
    const [one, two] = await Promise.all([
      jobs.checkAgain(taskUUID, neverAborted),
      other.checkAgain(taskUUID, neverAborted),
    ]);
    expect(await environment.listFolder("pictures")).toHaveLength(4);
    expect(await environment.listFolder("vault")).toHaveLength(4);
    expect(new Set([...one.files, ...two.files]).size).toBe(4);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("can check a job that the other one is just buying", async () => {
    const { sandbox, faultProxy, environment, jobs, buy } = await setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    const sent = Promise.withResolvers<void>();
    faultProxy.setRule((request) => {
      if (!isSend(request)) {
        return undefined;
      }
      sent.resolve();
      return { holdUntil: promise };
    });
    const bought = buy();
    await sent.promise;
    const other = await environment.openWindow();
    const [{ taskUUID } = { taskUUID: "" }] = jobs.journal.list();
    await expect(other.checkAgain(taskUUID, neverAborted)).rejects.toMatchObject({ billed: "maybe" });
    resolve();
    expect((await bought).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
    expect(await environment.listFolder("pictures")).toHaveLength(1);
  });

  test("that buy under one name at the same time get two files", async () => {
    const { environment, jobs } = await setUp();
    const other = await environment.openWindow();
    const outcomes = await Promise.all(
      [jobs, other].map((window) => window.buy(createJobRequest(environment), neverAborted)),
    );
    expect(outcomes.flatMap(({ files }) => files.map(fileName)).sort()).toEqual(["lighthouse-2.jpg", "lighthouse.jpg"]);
  });

  test("share one outcome per window: a second check joins the running one", async () => {
    const { jobs, buy } = await setUp();
    const { job } = await buy();
    const [one, two] = await Promise.all([1, 2].map(() => jobs.checkAgain(job.taskUUID, neverAborted)));
    expect(one).toBe(two);
  });
});
