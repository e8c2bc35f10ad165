import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { isUnfinished, type Job, type Picture, withMarks } from "../../../src/core/jobs/job.ts";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { Journal } from "../../../src/core/journal/journal.ts";
import { spendingOf } from "../../../src/core/money/spending.ts";
import type { JournalPort } from "../../../src/core/ports.ts";
import { storedJob, storedRequest } from "../../support/storedJob.ts";
import { createEnvironment } from "../support/setUp.ts";

const id = "b47f79d6-af49-4208-8995-63d507de6a05";
const picture = (id: string, more: Partial<Picture> = {}): Picture => ({ id, kept: [], ...more });
const freshJob = storedJob({
  taskUUID: id,
  state: "sending",
  request: { ...storedRequest, count: 2 },
  target: { folder: "file:///pictures", name: "hut", keep: "all" },
  estimate: 0.056,
});

async function openJournals() {
  const environment = await createEnvironment({ url: "http://127.0.0.1:1/v1", key: "" });
  const { ports } = environment;
  const read = async (name = id) => parseJob((await ports.journal.read(name)) ?? "");
  const open = async (journal: JournalPort = ports.journal) => {
    const opened = new Journal({ ...ports, journal });
    await opened.load();
    return opened;
  };
  return { ...environment, journal: ports.journal, read, open };
}

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const add = (more: Picture) => (job: Job) => ({ ...job, pictures: [...job.pictures, more] });
const mark = (id: string, change: Partial<Picture>) => (job: Job) => ({
  ...job,
  pictures: job.pictures.map((known) => (known.id === id ? { ...known, ...change } : known)),
});

describe("The journal", () => {
  test("writes a job to disk when it is created, and reads it again", async () => {
    const { open, read } = await openJournals();
    await (await open()).create(freshJob);
    expect(await read()).toEqual(freshJob);
    expect((await open()).list()).toEqual([freshJob]);
  });

  test("lists the newest jobs first", async () => {
    const { open } = await openJournals();
    const journal = await open();
    await journal.create({ ...freshJob, taskUUID: "old", createdAt: 1 });
    await journal.create({ ...freshJob, taskUUID: "new", createdAt: 2 });
    expect(journal.list().map(({ taskUUID }) => taskUUID)).toEqual(["new", "old"]);
  });

  test("keeps fields of a later version", async () => {
    const { open, read, journal } = await openJournals();
    await journal.write(id, JSON.stringify({ ...freshJob, starred: true, pictures: [picture("a", { loved: 1 })] }));
    await (await open()).update(id, (job) => ({ ...job, state: "running" }));
    expect(await read()).toMatchObject({ state: "running", starred: true, pictures: [{ loved: 1 }] });
  });

  test.each([
    ["of another version", JSON.stringify({ ...freshJob, version: 2 })],
    ["that is cut", JSON.stringify(freshJob).slice(0, 100)],
    ["that is empty", ""],
    ["of something else", '{"hello":"world"}'],
  ])("leaves a file unchanged %s, and logs it", async (_, text) => {
    const { open, journal, logLines } = await openJournals();
    await journal.write(id, text);
    expect((await open()).list()).toEqual([]);
    expect(await journal.read(id)).toBe(text);
    expect(logLines.join()).toContain(id);
  });

  test("does not overwrite a job file of a newer version", async () => {
    const { open, journal } = await openJournals();
    const older = await open();
    await older.create(freshJob);
    const newer = JSON.stringify({ ...freshJob, version: 2 });
    await journal.write(id, newer);
    await expect(older.update(id, add(picture("a")))).rejects.toMatchObject({ kind: "files" });
    expect(await journal.read(id)).toBe(newer);
  });

  test("rewrites a job whose file was damaged", async () => {
    const { open, journal, read } = await openJournals();
    const opened = await open();
    await opened.create(freshJob);
    await journal.write(id, "{");
    await opened.update(id, add(picture("a")));
    expect(await read()).toMatchObject({ pictures: [{ id: "a" }] });
  });

  test("applies changes of one job in order", async () => {
    const { open, read } = await openJournals();
    const journal = await open();
    await journal.create(freshJob);
    const names = Array.from({ length: 20 }, (_, index) => `picture-${index}`);
    await Promise.all(names.map((name) => journal.update(id, add(picture(name)))));
    expect((await read())?.pictures.map(({ id }) => id)).toEqual(names);
  });

  test("continues after a failed change", async () => {
    const { open } = await openJournals();
    const journal = await open();
    await journal.create(freshJob);
    const failed = journal.update(id, () => {
      throw new Error("broken");
    });
    const next = journal.update(id, (job) => ({ ...job, state: "running" }));
    await expect(failed).rejects.toThrow("broken");
    expect(await next).toMatchObject({ state: "running" });
  });

  test("does not write progress to disk", async () => {
    const { open, journal } = await openJournals();
    const opened = await open();
    await opened.create(freshJob);
    const before = await journal.read(id);
    const changes: unknown[] = [];
    opened.subscribe((job) => changes.push(job?.progress));
    await opened.update(id, (job) => ({ ...job, progress: 40 }));
    expect(await journal.read(id)).toBe(before);
    expect(changes).toEqual([40]);
  });

  test("continues in memory while the disk is full, reports it, and writes everything with the next change", async () => {
    const { open, journal, read } = await openJournals();
    await journal.write(id, JSON.stringify(freshJob));
    let isFull = true;
    const diskFull = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    const opened = await open({
      ...journal,
      write: (name, text) => (isFull ? Promise.reject(diskFull) : journal.write(name, text)),
    });
    const changes: unknown[] = [];
    opened.subscribe((job) => changes.push(job?.state));
    await opened.update(id, add(picture("a", { file: "a.jpg" })));
    await opened.update(id, (job) => ({ ...job, state: "running" }));
    expect(changes).toEqual(["sending", "running"]);
    expect(opened.unwrittenReason(id)).toBe("The disk is full.");
    expect(await read()).toMatchObject({ state: "sending", pictures: [] });
    isFull = false;
    await opened.update(id, (job) => job);
    expect(opened.unwrittenReason(id)).toBeUndefined();
    expect(await read()).toMatchObject({ state: "running", pictures: [{ id: "a", file: "a.jpg" }] });
  });

  test("continues from memory while the file cannot be read", async () => {
    const { open, journal, read } = await openJournals();
    let fails = false;
    const opened = await open({
      ...journal,
      read: (name) => (fails ? Promise.reject(new Error("EIO: i/o error")) : journal.read(name)),
    });
    await opened.create(freshJob);
    fails = true;
    await opened.update(id, add(picture("a")));
    fails = false;
    expect((await read())?.pictures.map(({ id }) => id)).toEqual(["a"]);
  });

  test("leaves no trace of a job that could not be written", async () => {
    const { open, journal, listFolder } = await openJournals();
    const slowWrite = async (name: string, text: string) => {
      await journal.write(name, text);
      throw Object.assign(new Error("EIO"), { code: "EIO" });
    };
    const opened = await open({ ...journal, write: slowWrite });
    await expect(opened.create(freshJob)).rejects.toThrow(
      "Nothing was sent, because Limn could not store the request. The disk reports an error.",
    );
    expect(opened.list()).toEqual([]);
    expect(await listFolder("journal")).toEqual([]);
  });

  test("continues when a listener throws", async () => {
    const { open, read, logLines } = await openJournals();
    const journal = await open();
    await journal.create(freshJob);
    journal.subscribe(() => {
      throw new Error("panel is gone");
    });
    await journal.update(id, (job) => ({ ...job, state: "done" }));
    expect(await read()).toMatchObject({ state: "done" });
    expect(logLines.join()).toContain("panel is gone");
  });

  test("removes a job and notifies its listeners until they unsubscribe", async () => {
    const { open, listFolder } = await openJournals();
    const journal = await open();
    await journal.create(freshJob);
    const changes: unknown[] = [];
    const unsubscribe = journal.subscribe((job) => changes.push(job));
    await journal.remove(id);
    unsubscribe();
    await journal.create(freshJob);
    expect(changes).toEqual([undefined]);
    await journal.remove(id);
    expect(await listFolder("journal")).toEqual([]);
    await expect(journal.update(id, (job) => job)).rejects.toThrow(id);
  });
});

describe("Forgetting a job", () => {
  const paid: Job = {
    ...freshJob,
    endpoint: "https://api.runware.ai/v1",
    state: "done",
    failures: [{ code: "contentModeration", message: "Not a hut." }],
    pictures: [picture("a", { cost: 0.03, file: "a.jpg", url: "http://x/a", kept: ["file:///pictures/a-hut.jpg"] })],
  };

  test("removes it from the list and keeps a receipt with its cost and nothing of the request", async () => {
    const { open, journal } = await openJournals();
    const opened = await open();
    await opened.create(paid);
    await opened.forget(id);
    for (const window of [opened, await open()]) {
      expect(window.list()).toEqual([]);
      expect(window.listAll().map(spendingOf)).toEqual([spendingOf(paid)]);
      expect(window.listAll()).toMatchObject([{ pictures: [{ id: "a", cost: 0.03, kept: [""] }] }]);
      expect(isUnfinished(window.listAll()[0] ?? freshJob)).toBe(false);
    }
    expect(await journal.read(id)).not.toMatch(/lighthouse|hut|file:|http:\/\/x/i);
  });

  test("keeps what may have been billed, while another window continues to follow it", async () => {
    const { open } = await openJournals();
    const [one, two] = [await open(), await open()];
    await one.create({ ...paid, state: "running", pictures: [], failures: [] });
    await two.load();
    await one.forget(id);
    expect(one.listAll().map(spendingOf)).toMatchObject([{ reserved: 0, unknown: 0.056 }]);
    await two.update(id, add(picture("a", { cost: 0.03 })));
    await one.load();
    expect([one.list(), two.list()]).toEqual([[], []]);
    expect(one.listAll().map(spendingOf)).toMatchObject([{ spent: 0.03, unknown: 0.028 }]);
  });

  test.each<[string, Job]>([
    ["was refused", { ...paid, state: "failed", pictures: [], failures: [{ code: "x", message: "", billed: "no" }] }],
    ["was made by the sandbox", { ...paid, endpoint: "sandbox" }],
  ])("keeps nothing if it %s", async (_, job) => {
    const { open, listFolder } = await openJournals();
    const opened = await open();
    await opened.create(job);
    await opened.forget(id);
    expect(await listFolder("journal")).toEqual([]);
    expect(opened.listAll()).toEqual([]);
  });
});

describe("Two windows that share a journal", () => {
  test("see each other's changes", async () => {
    const { open, read } = await openJournals();
    const [one, two] = [await open(), await open()];
    await one.create(freshJob);
    await two.load();
    await one.update(id, add(picture("a", { file: "a.jpg" })));
    await two.update(id, add(picture("b", { file: "b.jpg" })));
    expect((await read())?.pictures.map(({ id }) => id)).toEqual(["a", "b"]);
    await one.load();
    expect(one.get(id)).toEqual(await read());
  });

  test("lose no picture when they write at the same moment", async () => {
    const { open, read, journal } = await openJournals();
    let stale = true;
    const text = JSON.stringify({ ...freshJob, pictures: [picture("a"), picture("b")] });
    await journal.write(id, text);
    // The second window reads just before the first one writes.
    const one = await open();
    const two = await open({ ...journal, read: async (name) => (stale ? text : journal.read(name)) });
    await one.update(id, mark("a", { file: "a.jpg", kept: ["file:///pictures/hut.jpg"] }));
    await two.update(id, mark("b", { file: "b.jpg" }));
    stale = false;
    expect((await read())?.pictures[0]?.file).toBeUndefined();
    await one.update(id, (job) => ({ ...job, state: "done" }));
    expect(await read()).toMatchObject({
      state: "done",
      pictures: [
        { id: "a", file: "a.jpg", kept: ["file:///pictures/hut.jpg"] },
        { id: "b", file: "b.jpg" },
      ],
    });
  });

  test.each([
    ["finished", (other: Journal) => other.update(id, (job) => ({ ...job, state: "done", settled: true }))],
    ["removed", (other: Journal) => other.remove(id)],
  ])("keep nothing in memory of what they have written of a job that the other one has %s", async (_, end) => {
    const { open } = await openJournals();
    const [one, other] = [await open(), await open()];
    await one.create(structuredClone(freshJob));
    const written = new WeakRef(one.getOrThrow(id).request);
    await other.load();
    await end(other);
    await one.load();
    collectGarbage();
    expect(written.deref()).toBeUndefined();
  });

  test("write again what the other one has overwritten", async () => {
    const { open, read, journal } = await openJournals();
    const one = await open();
    await one.create({ ...freshJob, pictures: [picture("a"), picture("b")] });
    const stale = JSON.stringify(await read());
    await one.update(id, mark("a", { file: "a.jpg", kept: ["file:///pictures/hut.jpg"] }));
    await one.update(id, (job) => ({ ...job, state: "done", settled: true }));
    // The other window read before that, and writes after it.
    await journal.write(id, stale);
    await one.load();
    expect(await read()).toMatchObject({
      state: "done",
      settled: true,
      pictures: [{ file: "a.jpg", kept: ["file:///pictures/hut.jpg"] }, { id: "b" }],
    });
  });

  test.each([
    ["the star that was removed last", { starred: false, at: 30 }, { starred: true, at: 20 }, false],
    ["the star that was set last", { starred: true, at: 30 }, { starred: false, at: 20 }, true],
    ["the file's value if both have the same time", { starred: true, at: 20 }, { starred: false, at: 20 }, false],
  ])("agree on %s", async (_, remembered, stored, expected) => {
    const { open, read, journal } = await openJournals();
    const one = await open();
    const withMarksAt =
      ({ starred, at }: typeof remembered) =>
      (of: Picture) =>
        withMarks(of, { starred }, at);
    await one.create({ ...freshJob, pictures: [picture("a")] });
    await one.update(id, (job) => ({ ...job, pictures: job.pictures.map(withMarksAt(remembered)) }));
    const other = withMarks(withMarksAt(stored)(picture("a")), { discarded: true }, 25);
    await journal.write(id, JSON.stringify({ ...freshJob, pictures: [other] }));
    await one.load();
    expect((await read())?.pictures).toMatchObject([{ starred: expected, discarded: true }]);
    expect(one.get(id)).toEqual(await read());
  });

  test.each([
    ["keep the focus that was chosen last", { x: 0.2, y: 0.5 }, { x: 0.9, y: 0.5 }],
    ["have no focus if it was removed last", undefined, { x: 0.9, y: 0.5 }],
  ])("%s", async (_, last, earlier) => {
    const { open, read, journal } = await openJournals();
    const one = await open();
    await one.create({ ...freshJob, pictures: [withMarks(picture("a"), { focus: last }, 30)] });
    const stale = { ...freshJob, pictures: [withMarks(picture("a"), { focus: earlier }, 20)] };
    await journal.write(id, JSON.stringify(stale));
    await one.load();
    expect((await read())?.pictures[0]?.focus).toEqual(last);
    expect(one.get(id)).toEqual(await read());
    // The same if the window that loads has the earlier one.
    const other = await open();
    await other.update(id, () => stale);
    await journal.write(id, JSON.stringify({ ...freshJob, pictures: [withMarks(picture("a"), { focus: last }, 30)] }));
    await other.load();
    expect((await read())?.pictures[0]?.focus).toEqual(last);
  });

  test("drop a reservation that is removed between listing the folder and reading the file", async () => {
    const { open, journal } = await openJournals();
    const one = await open();
    await one.create({ ...freshJob, unconfirmed: true });
    const two = await open({ ...journal, list: async () => [id] });
    await one.remove(id);
    await two.reload();
    expect(two.listAll()).toEqual([]);
  });

  test("lose no job that is created while the others are read", async () => {
    const { open, journal } = await openJournals();
    let gate = Promise.resolve();
    const list = async () => {
      const ids = await journal.list();
      await gate;
      return ids;
    };
    const opened = await open({ ...journal, list });
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const loading = opened.load();
    await opened.create(freshJob);
    resolve();
    await loading;
    expect(opened.get(id)).toEqual(freshJob);
  });
});

describe("A job is unfinished", () => {
  const done: Job = {
    ...freshJob,
    state: "done",
    pictures: [picture("a", { file: "a.jpg", kept: ["file:///a.jpg"] })],
  };
  test.each<[string, Job, boolean]>([
    ["while it is being sent", freshJob, true],
    ["while it runs", { ...freshJob, state: "running" }, true],
    ["if its outcome is unknown", { ...freshJob, state: "unknown" }, true],
    ["if a picture did not arrive", { ...done, pictures: [picture("a", { problem: "HTTP 404" })] }, true],
    ["if a picture was not kept", { ...done, pictures: [picture("a", { file: "a.jpg" })] }, true],
    ["but not when all pictures are kept", done, false],
    [
      "but not when the user has chosen",
      { ...done, settled: true, pictures: [picture("a", { file: "a.jpg" })] },
      false,
    ],
    ["but not when it was refused", { ...freshJob, state: "failed" }, false],
  ])("%s", (_, job, expected) => {
    expect(isUnfinished(job)).toBe(expected);
  });
});
