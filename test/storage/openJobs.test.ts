import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { JobMarkerFolder } from "../../src/host/jobs/jobMarkerFolder.ts";
import { JobMarkers } from "../../src/host/jobs/jobMarkers.ts";
import { createJournalPort } from "../../src/host/storage/storage.ts";
import { jobIndexFile, jobsFolder } from "../../src/host/storage/storagePaths.ts";

const journalPaths = (storage: string) => ({ folder: jobsFolder(storage), indexFile: jobIndexFile(storage) });

async function openStorage() {
  const storage = await mkdtemp(join(tmpdir(), "limn-open-"));
  onTestFinished(() => rm(storage, { recursive: true, force: true }));
  const folder = join(storage, "open");
  const window = (pid = process.pid) => {
    const open = new JobMarkerFolder(storage, pid);
    onTestFinished(() => open.dispose());
    return { open, markers: new JobMarkers(open) };
  };
  return { storage, folder, window, names: () => readdir(folder).catch(() => []) };
}

/** Starts a process that runs until it is killed, like another window's extension host. */
async function otherProcess() {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  onTestFinished(kill);
  return { pid: child.pid ?? 0, kill };
}

/** Writes another window's marker for a job. */
const markerOf = (id: string, pid: number) =>
  `${id}.${pid}.${randomUUID()}.${hostname()
    .replace(/[^\w-]/g, "_")
    .slice(0, 64)}`;

/** Resolves with whether a window's first check finds jobs to resume. */
async function isCalled({ open }: { readonly open: JobMarkerFolder }): Promise<boolean> {
  let calls = 0;
  const isNeeded = await open.watch(() => calls++);
  expect(calls).toBe(isNeeded ? 1 : 0);
  return isNeeded;
}

test("A job has a marker before it has a file, and none after it ends", async () => {
  const { storage, window, names } = await openStorage();
  const { open, markers } = window();
  const journal = createJournalPort(journalPaths(storage), markers);
  const id = randomUUID();
  // The journal folder cannot be created, so the marker exists without a job file.
  await writeFile(join(storage, "jobs"), "a file where a folder should be");
  await expect(journal.write(id, "{}", true)).rejects.toThrow();
  expect(await names()).toEqual([open.ownName(id)]);
  await rm(join(storage, "jobs"));
  await journal.write(id, "{}", true);
  expect(await names()).toEqual([open.ownName(id)]);
  await journal.write(id, "{}", false);
  expect(await names()).toEqual([]);
  await journal.write(id, "{}", true);
  await journal.remove(id);
  expect(await names()).toEqual([]);
});

test("A window that changes a job of another window leaves the other's marker unchanged", async () => {
  const { storage, folder, window, names } = await openStorage();
  const { pid } = await otherProcess();
  const id = randomUUID();
  const marker = markerOf(id, pid);
  await mkdir(folder);
  await writeFile(join(folder, marker), "");
  const { markers } = window();
  await createJournalPort(journalPaths(storage), markers).write(id, "{}", true);
  expect(await names()).toEqual([marker]);
  expect(await markers.claim(id)).toBe(false);
});

test("A window takes over the jobs of ended processes, and no others", async () => {
  const { folder, window, names } = await openStorage();
  const { pid, kill } = await otherProcess();
  const id = randomUUID();
  await mkdir(folder);
  await writeFile(join(folder, markerOf(id, pid)), "");
  const { open, markers } = window();
  expect([await isCalled(window()), await markers.claim(id)]).toEqual([false, false]);
  await kill();
  expect([await isCalled(window()), await markers.claim(id)]).toEqual([true, true]);
  expect(await names()).toEqual([open.ownName(id)]);
});

test("A process id that now belongs to another program counts as ended", async () => {
  const { folder, window, names } = await openStorage();
  const { pid } = await otherProcess();
  const [reused, own] = [randomUUID(), randomUUID()];
  const markers = [markerOf(reused, pid), markerOf(own, process.pid)];
  await mkdir(folder);
  await Promise.all(markers.map((name) => writeFile(join(folder, name), "")));
  const longAgo = new Date(Date.now() - 10 * 60_000);
  await utimes(join(folder, markers[0] ?? ""), longAgo, longAgo);
  const later = window();
  expect([await later.markers.claim(reused), await later.markers.claim(own)]).toEqual([true, true]);
  expect((await names()).sort()).toEqual([later.open.ownName(reused), later.open.ownName(own)].sort());
});

test("A window that closes releases its jobs, and exactly one other window takes over each", async () => {
  const { window } = await openStorage();
  const closing = window();
  const id = randomUUID();
  await closing.markers.mark(id);
  closing.open.dispose();
  const [one, two] = [await otherProcess(), await otherProcess()];
  const others = [window(one.pid), window(two.pid)];
  expect(await isCalled(others[0] ?? closing)).toBe(true);
  const taken: boolean[] = [];
  for (const { markers } of others) {
    taken.push(await markers.claim(id));
  }
  expect(taken).toEqual([true, false]);
});

test("A window does not resume jobs that it followed, since the user may have stopped waiting", async () => {
  const { window } = await openStorage();
  const { markers } = window();
  const id = randomUUID();
  await markers.mark(id);
  expect(await markers.claim(id)).toBe(false);
});

test("Jobs of an earlier version without markers are checked once", async () => {
  const { storage, window } = await openStorage();
  expect(await isCalled(window())).toBe(false);
  await mkdir(join(storage, "jobs"));
  expect(await isCalled(window())).toBe(false);
  await writeFile(join(storage, "jobs", `${randomUUID()}.json`), "{}");
  expect(await isCalled(window())).toBe(true);
  await window().markers.createFolder();
  expect(await isCalled(window())).toBe(false);
});

test("Markers of ended jobs are deleted, and those of open windows are kept", async () => {
  const { folder, window, names } = await openStorage();
  const { pid } = await otherProcess();
  const [stale, living] = [`${randomUUID()}.0.closed.here`, markerOf(randomUUID(), pid)];
  await mkdir(folder);
  await Promise.all([stale, living, "notes.txt"].map((name) => writeFile(join(folder, name), "")));
  await window().markers.removeStale(() => true);
  expect((await names()).sort()).toEqual([living, "notes.txt"].sort());
});
