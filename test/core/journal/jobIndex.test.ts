import { randomUUID } from "node:crypto";
import { readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Job } from "../../../src/core/jobs/job.ts";
import { jobSchema } from "../../../src/core/jobs/jobSchema.ts";
import { Journal } from "../../../src/core/journal/journal.ts";
import { createEnvironment, createRequest } from "../support/setUp.ts";

/** Enough jobs for an index. */
const many = 250;

const { references: _, ...request } = createRequest();

/** A finished job that cost real money. */
const finishedJob = (n: number, more: Partial<Job> = {}): Job => ({
  version: 1,
  taskUUID: randomUUID(),
  state: "done",
  createdAt: n,
  updatedAt: n,
  endpoint: "https://api.runware.ai/v1",
  model: "klingai:kling-image@3",
  estimate: 0.028,
  request: { ...request, prompt: `A hut, number ${n}`, references: [] },
  target: { folder: "file:///pictures", name: "hut", keep: "all" },
  pictures: [{ id: "a", file: `${n}.jpg`, cost: 0.028, kept: [] }],
  failures: [],
  ...more,
});

/** Windows on one storage, each with the names of the files it has read. */
async function setUp(jobCount = many) {
  const { ports, folder, listFolder, logLines } = await createEnvironment({ url: "http://127.0.0.1:1/v1", key: "" });
  const jobs = Array.from({ length: jobCount }, (_, index) => finishedJob(index + 1));
  for (const job of jobs) {
    await ports.journal.write(job.taskUUID, JSON.stringify(job));
  }
  const indexFile = join(folder, "job-index.jsonl");
  return {
    ports,
    folder,
    jobs,
    listFolder,
    logLines,
    indexFile,
    readIndex: () => readFile(indexFile, "utf8").catch(() => ""),
    newestFirst: jobs.toReversed(),
    async openWindow(changes: Partial<typeof ports.journal> = {}) {
      const reads: string[] = [];
      const looks: string[] = [];
      const journal = new Journal({
        ...ports,
        journal: {
          ...ports.journal,
          read: (id) => {
            reads.push(id);
            return ports.journal.read(id);
          },
          version: (id) => {
            looks.push(id);
            return ports.journal.version(id);
          },
          versions: (ids) => {
            looks.push(...ids);
            return ports.journal.versions(ids);
          },
          ...changes,
        },
      });
      await journal.load();
      /** The files that were read since the last call. */
      const takeReads = () => reads.splice(0).sort();
      /** The files whose version was looked at since the last call. */
      const takeLooks = () => looks.splice(0).sort();
      return { journal, takeReads, takeLooks };
    },
    /** Gives the folder a time, in seconds before now, and its files an older one. */
    async setTimes(age: number, fileAge = age + 10) {
      const time = (seconds: number) => Date.now() / 1000 - seconds;
      const names = await listFolder("journal");
      await Promise.all(names.map((name) => utimes(join(folder, "journal", name), time(fileAge), time(fileAge))));
      await utimes(join(folder, "journal"), time(age), time(age));
    },
  };
}

describe("The index of the jobs", () => {
  test("replaces the files in the next window", async () => {
    const { openWindow, newestFirst } = await setUp();
    const one = await openWindow();
    expect(one.takeReads()).toHaveLength(many);
    const two = await openWindow();
    expect(two.takeReads()).toEqual([]);
    expect(two.journal.list()).toEqual(newestFirst);
    expect(two.journal.list()).toEqual(one.journal.list());
  });

  test("shares equal values of its jobs", async () => {
    const { openWindow, newestFirst } = await setUp();
    await openWindow();
    const { journal } = await openWindow();
    const [one, two] = journal.list();
    expect(one?.target).toBe(two?.target);
    expect(one?.request.shape).toBe(two?.request.shape);
    for (const arrays of [one, two]) {
      expect(arrays?.failures).toBe(one?.failures);
      expect(arrays?.request.references).toBe(one?.failures);
      expect(arrays?.pictures[0]?.kept).toBe(one?.failures);
    }
    expect(one?.request.prompt).not.toBe(two?.request.prompt);
    expect(journal.list()).toEqual(newestFirst);
  });

  test("has the newest jobs first, whatever the order of the files, so that they are sorted quickly", async () => {
    const { openWindow, readIndex, jobs } = await setUp();
    await openWindow();
    const prompts = [...(await readIndex()).matchAll(/"A hut, number (\d+)"/g)].map(([, n]) => Number(n));
    expect(prompts).toEqual(jobs.map((_, at) => many - at));
  });

  test("is compared with the files together, and a file that has changed is looked at again", async () => {
    const { openWindow, ports, jobs } = await setUp();
    await openWindow();
    const [oldest] = jobs;
    await ports.journal.write(oldest?.taskUUID ?? "", JSON.stringify({ ...oldest, settled: true }));
    const [together, alone]: [string[], string[]] = [[], []];
    const { journal, takeReads } = await openWindow({
      versions: (ids) => {
        together.push(...ids);
        return ports.journal.versions(ids);
      },
      version: (id) => {
        alone.push(id);
        return ports.journal.version(id);
      },
    });
    expect(together.toSorted()).toEqual(jobs.map(({ taskUUID }) => taskUUID).sort());
    expect(alone).toEqual([oldest?.taskUUID]);
    expect(takeReads()).toEqual([oldest?.taskUUID]);
    expect(journal.get(oldest?.taskUUID ?? "")?.settled).toBe(true);
  });

  test("is used for all other files if the disk cannot look at one", async () => {
    const { openWindow, folder, newestFirst } = await setUp();
    const before = await openWindow();
    const [locked, ...others] = newestFirst;
    const path = join(folder, "journal", `${locked?.taskUUID}.json`);
    await rm(path);
    await symlink(path, path);
    const { journal, takeReads } = await openWindow();
    expect(takeReads()).toEqual([locked?.taskUUID]);
    expect(journal.list()).toEqual(others);
    expect(journal.unreadable().map(({ taskUUID }) => taskUUID)).toEqual([locked?.taskUUID]);
    // A window that knows the job keeps it.
    await before.journal.load();
    expect(before.journal.list()).toEqual(newestFirst);
  });

  test("brings back no job that is removed while it is read", async () => {
    const { openWindow, ports, jobs } = await setUp();
    await openWindow();
    const id = jobs[3]?.taskUUID ?? "";
    let removing: Promise<void> | undefined;
    const { journal } = await openWindow({
      versions: async (ids) => {
        const versions = await ports.journal.versions(ids);
        removing ??= ports.journal.remove(id);
        await removing;
        return versions;
      },
    });
    expect(journal.get(id)).toBeUndefined();
    expect(journal.list()).toHaveLength(many - 1);
  });

  test("has another format when job files are read in another way", () => {
    // If this fails, change `format` in jobIndex.ts: an index of an earlier version is not parsed.
    const schema = JSON.stringify(z.toJSONSchema(jobSchema, { unrepresentable: "any" }));
    expect(crc32(schema)).toBe(3_771_999_624);
  });

  test("is not written for a few jobs", async () => {
    const { openWindow, readIndex } = await setUp(20);
    await openWindow();
    expect(await readIndex()).toBe("");
  });

  test("does not hide what changed since: files that were replaced, deleted or added", async () => {
    const { openWindow, ports, jobs, newestFirst } = await setUp();
    await openWindow();
    const [removed, changed, ...others] = newestFirst;
    const added = finishedJob(many + 1);
    await ports.journal.remove(removed?.taskUUID ?? "");
    const discarded = { ...changed, pictures: [{ id: "a", file: "x.jpg", kept: [], discarded: true }] };
    await ports.journal.write(changed?.taskUUID ?? "", JSON.stringify(discarded));
    await ports.journal.write(added.taskUUID, JSON.stringify(added));
    const two = await openWindow();
    expect(two.journal.list()).toEqual([added, discarded, ...others]);
    expect(two.takeReads()).toEqual([added.taskUUID, changed?.taskUUID].sort());
    expect(jobs).toHaveLength(many);
  });

  test.each([
    ["is cut off", (text: string) => text.slice(0, text.length / 2)],
    ["has lines that are no jobs", (text: string) => text.replaceAll(/"state":"done"/g, '"state":"lost"')],
    ["is empty", () => ""],
    ["is not text", () => "\0".repeat(1000)],
  ])("costs only time if it %s", async (_, damage) => {
    const { openWindow, indexFile, readIndex, newestFirst } = await setUp();
    await openWindow();
    const text = await readIndex();
    await writeFile(indexFile, damage(text));
    const two = await openWindow();
    expect(two.journal.list()).toEqual(newestFirst);
    expect(two.takeReads().length).toBeGreaterThan(0);
  });

  test("is written again if it was damaged", async () => {
    const { openWindow, indexFile, readIndex } = await setUp();
    await openWindow();
    const lines = (await readIndex()).split("\n").sort();
    await writeFile(indexFile, "");
    await openWindow();
    expect((await readIndex()).split("\n").sort()).toEqual(lines);
    expect(lines).toHaveLength(many + 1);
  });

  test("only costs time if it cannot be read or written", async () => {
    const { openWindow, newestFirst, logLines, readIndex } = await setUp();
    const failure = new Error("EROFS: read-only file system");
    const { journal } = await openWindow({
      // biome-ignore lint/correctness/useYield: it fails before its first line.
      readIndex: async function* () {
        throw failure;
      },
      writeIndex: () => Promise.reject(failure),
    });
    expect(journal.list()).toEqual(newestFirst);
    expect(await readIndex()).toBe("");
    expect(logLines.filter((line) => line.includes("EROFS"))).toHaveLength(2);
  });

  test("has no prompt of a job that was forgotten", async () => {
    const { openWindow, jobs, readIndex, listFolder, ports } = await setUp();
    const { journal } = await openWindow();
    const [oldest] = jobs;
    expect(await readIndex()).toContain('"A hut, number 1"');
    await journal.forget(oldest?.taskUUID ?? "");
    expect(await readIndex()).toBe("");
    await journal.load();
    expect(await readIndex()).toContain('"A hut, number 2"');
    expect(await readIndex()).not.toContain('"A hut, number 1"');
    expect(await listFolder("journal")).toHaveLength(many);
    expect(await ports.journal.read(oldest?.taskUUID ?? "")).not.toContain("A hut");
  });

  test("has no such prompt either if it is written while the job is forgotten", async () => {
    const { openWindow, jobs, readIndex, ports } = await setUp();
    const { promise: isWriting, resolve: onWrite } = Promise.withResolvers<void>();
    const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
    let writes = 0;
    const { journal } = await openWindow({
      writeIndex: async (lines) => {
        const text = [...lines];
        if (++writes === 2) {
          onWrite();
          await gate;
        }
        await ports.journal.writeIndex(text);
      },
    });
    const [oldest] = jobs;
    // The next reading writes the index that this deletes.
    await journal.forget(jobs[1]?.taskUUID ?? "");
    const loading = journal.load();
    await isWriting;
    const forgetting = journal.forget(oldest?.taskUUID ?? "");
    openGate();
    await Promise.all([loading, forgetting]);
    expect(await readIndex()).not.toContain('"A hut, number 1"');
    await journal.load();
    expect(await readIndex()).toContain('"A hut, number 3"');
    expect(await readIndex()).not.toContain('"A hut, number 1"');
  });

  test("has no job whose latest state could not be written", async () => {
    const { openWindow, newestFirst } = await setUp();
    const [newest] = newestFirst;
    const id = newest?.taskUUID ?? "";
    const { journal } = await openWindow({ write: () => Promise.reject(new Error("ENOSPC")) });
    await journal.update(id, (job) => ({ ...job, settled: true }));
    await journal.load();
    const two = await openWindow();
    expect(journal.get(id)?.settled).toBe(true);
    expect(two.journal.get(id)).toEqual(newest);
  });
});

describe("A window that has read the journal", () => {
  test("keeps the newest jobs first, whatever changes", async () => {
    const { openWindow, jobs } = await setUp(20);
    const { journal } = await openWindow();
    const times = () => journal.listAll().map(({ createdAt }) => createdAt);
    const idOf = (n: number) => jobs[n]?.taskUUID ?? "";
    const before = journal.list();
    await journal.create(finishedJob(7.5));
    await journal.create(finishedJob(0));
    await journal.update(idOf(3), (job) => ({ ...job, settled: true }));
    await journal.update(idOf(5), (job) => ({ ...job, createdAt: 100 }));
    await journal.remove(idOf(9));
    expect(times()).toEqual(times().toSorted((one, other) => other - one));
    expect(times()).toHaveLength(21);
    expect(times()).toContain(7.5);
    expect(journal.list()).toContainEqual(journal.get(idOf(3)));
    expect(new Set(journal.list().map(({ taskUUID }) => taskUUID)).size).toBe(21);
    // A list that was returned before does not change.
    expect(before).toHaveLength(20);
    expect(before.find(({ taskUUID }) => taskUUID === idOf(3))?.settled).toBeUndefined();
  });

  test("reads only the files that another window has replaced", async () => {
    const { openWindow, jobs } = await setUp(20);
    const [one, two] = [await openWindow(), await openWindow()];
    const id = jobs[3]?.taskUUID ?? "";
    one.takeReads();
    await two.journal.update(id, (job) => ({ ...job, settled: true }));
    await one.journal.load();
    expect(one.takeReads()).toEqual([id]);
    expect(one.journal.get(id)?.settled).toBe(true);
    await one.journal.load();
    expect(one.takeReads()).toEqual([]);
  });

  test("looks at no file again while its folder has the same time, unless it must see every change", async () => {
    const { openWindow, jobs, setTimes, newestFirst } = await setUp(20);
    await setTimes(3600);
    const one = await openWindow();
    expect(one.takeLooks()).toHaveLength(20);
    await one.journal.load();
    expect(one.takeLooks()).toEqual([]);
    await one.journal.reload();
    expect(one.takeLooks()).toHaveLength(20);
    expect(one.journal.list()).toEqual(newestFirst);
    const two = await openWindow();
    await two.journal.remove(jobs[3]?.taskUUID ?? "");
    await one.journal.load();
    expect(one.takeLooks()).toHaveLength(19);
    expect(one.journal.list()).toEqual(two.journal.list());
  });

  test.each([
    ["is recent, as another change may have the same", 1, 60],
    ["is older than a file, as some file systems do not change it", 3600, 1800],
  ])("looks at all files if the folder's time %s", async (_, age, fileAge) => {
    const { openWindow, setTimes } = await setUp(20);
    await setTimes(age, fileAge);
    const one = await openWindow();
    one.takeLooks();
    await one.journal.load();
    expect(one.takeLooks()).toHaveLength(20);
  });

  test("writes a job that could not be written when it reads again, although no file has changed", async () => {
    const { openWindow, jobs, ports, setTimes } = await setUp(20);
    await setTimes(3600);
    let isFull = true;
    const { journal } = await openWindow({
      write: (...args) => (isFull ? Promise.reject(new Error("ENOSPC")) : ports.journal.write(...args)),
    });
    const id = jobs[3]?.taskUUID ?? "";
    await journal.update(id, (job) => ({ ...job, settled: true }));
    expect(await ports.journal.read(id)).not.toContain("settled");
    isFull = false;
    await journal.load();
    expect(await ports.journal.read(id)).toContain("settled");
  });

  test("reads a damaged file every time, since it counts as a purchase of today", async () => {
    const { openWindow, ports, setTimes } = await setUp(3);
    await ports.journal.write("damaged", '{"version":1,"estimate":0.5');
    await setTimes(3600);
    const one = await openWindow();
    one.takeReads();
    await one.journal.load();
    expect(one.takeReads()).toEqual(["damaged"]);
  });

  test("reads for a budget only what may change the spending", async () => {
    const { openWindow, ports } = await setUp();
    const changing = [
      finishedJob(1001, { state: "running", pictures: [] }),
      finishedJob(1002, { state: "unknown", pictures: [] }),
      finishedJob(1003, { state: "failed", pictures: [] }),
      finishedJob(1004, { pictures: [{ id: "a", file: "a.jpg", kept: [] }] }),
      finishedJob(1005, { state: "sending", pictures: [], unconfirmed: true }),
    ];
    for (const job of changing) {
      await ports.journal.write(job.taskUUID, JSON.stringify(job));
    }
    const [one, two] = [await openWindow(), await openWindow()];
    one.takeReads();
    const added = finishedJob(2000);
    await two.journal.create(added);
    const gone = changing.at(-1)?.taskUUID ?? "";
    await two.journal.removeUnconfirmed(gone);
    const id = changing[0]?.taskUUID ?? "";
    await two.journal.update(id, (job) => ({ ...job, pictures: [{ id: "a", cost: 0.03, kept: [] }] }));
    await one.journal.reloadSpending();
    const still = changing.map(({ taskUUID }) => taskUUID).filter((id) => id !== gone);
    expect(one.takeReads()).toEqual([...still, added.taskUUID].sort());
    expect(one.journal.get(gone)).toBeUndefined();
    expect(one.journal.get(id)?.pictures).toMatchObject([{ cost: 0.03 }]);
    expect(one.journal.list()).toEqual(two.journal.list());
  });
});
