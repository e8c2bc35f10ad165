import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newTempFile, removeStaleTempFilesIn } from "../../src/host/storage/tempFile.ts";

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), "limn-temporary-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts an ended process, and one that runs until the test ends. */
async function processes(): Promise<{ readonly ended: number; readonly running: number }> {
  const [ended, running] = ["", "setInterval(() => {}, 1000)"].map((code) => spawn(process.execPath, ["-e", code]));
  onTestFinished(() => void running?.kill("SIGKILL"));
  await new Promise((resolve) => ended?.once("exit", resolve));
  return { ended: ended?.pid ?? 0, running: running?.pid ?? 0 };
}

const nameOf = (pid: number) => `.limn-${pid}-${randomUUID()}.tmp`;

test("Temporary files of ended processes are deleted, and no other files", async () => {
  const folder = await openFolder();
  const { ended, running } = await processes();
  const own = newTempFile(folder);
  const others = [nameOf(running), "fox.jpg", ".limn-notes.tmp", ".env", `.limn-${ended}-mine.tmp`];
  await Promise.all([nameOf(ended), nameOf(ended), ...others].map((name) => writeFile(join(folder, name), "half")));
  await writeFile(own.path, "half");
  await removeStaleTempFilesIn(folder);
  expect((await readdir(folder)).sort()).toEqual([...others, own.path.slice(folder.length + 1)].sort());
  await own.remove();
  expect((await readdir(folder)).sort()).toEqual(others.sort());
});

test("Temporary files older than the process with their id, or older than a day, are deleted", async () => {
  const folder = await openFolder();
  const { running } = await processes();
  await writeFile(join(folder, nameOf(process.pid)), "half");
  const old = join(folder, nameOf(running));
  await writeFile(old, "half");
  const before = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(old, before, before);
  await removeStaleTempFilesIn(folder);
  expect(await readdir(folder)).toEqual([]);
});

test("A missing folder is not an error", async () => {
  await removeStaleTempFilesIn(join(await openFolder(), "none"));
});
