import { createHook } from "node:async_hooks";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FileVersions } from "../../src/host/storage/fileVersions.ts";

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "limn-versions-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Number of requests to the threads of Node that work on files, while `work` runs. */
async function countRequests(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init: (_, type) => {
      count += type === "FSREQPROMISE" || type === "FSREQCALLBACK" ? 1 : 0;
    },
  });
  hook.enable();
  await work().finally(() => hook.disable());
  return count;
}

test("The versions of many files are those of each, in their order", async () => {
  const folder = await openFolder();
  const names = Array.from({ length: 50 }, (_, at) => `${at}.json`);
  for (const name of names) await writeFile(join(folder, name), name);
  const versions = new FileVersions(folder);
  const asked = [...names.toReversed(), "none.json"];
  const each = await Promise.all(asked.map((name) => versions.of(name)));
  expect(await versions.ofMany(asked)).toEqual(each);
  expect(each.at(-1)).toBeUndefined();
  expect(new Set(each).size).toBe(51);
});

test("Few of many files are handed to another thread, which takes longer than to look at them", async () => {
  const folder = await openFolder();
  const names = Array.from({ length: 100 }, (_, at) => `${at}.json`);
  for (const name of names) await writeFile(join(folder, name), "");
  const [each, many]: [number[], number[]] = [[], []];
  // On a busy machine, a process may stop for longer than a slow disk.
  for (let round = 0; round < 5; round++) {
    const versions = new FileVersions(folder);
    each.push(await countRequests(() => Promise.all(names.map((name) => versions.of(name)))));
    many.push(await countRequests(() => versions.ofMany(names)));
  }
  expect(Math.min(...each)).toBeGreaterThanOrEqual(100);
  expect(Math.min(...many)).toBeLessThan(10);
});

test("After files that take long, the next ones are all handed to other threads", async () => {
  const folder = await openFolder();
  await writeFile(join(folder, "0.json"), "");
  const versions = new FileVersions(folder);
  // No disk looks at 10,000 files within the time that is given to it.
  const long = await countRequests(() => versions.ofMany(Array(10_000).fill("0.json")));
  expect(long).toBeGreaterThan(0);
  expect(long).toBeLessThan(10_000);
  expect(await countRequests(() => versions.ofMany(Array(50).fill("0.json")))).toBe(50);
});

test("An error other than a missing file is not hidden", async () => {
  const folder = await openFolder();
  await mkdir(join(folder, "jobs"));
  await symlink("loop", join(folder, "jobs", "loop"));
  const versions = new FileVersions(join(folder, "jobs"));
  await expect(versions.of("loop")).rejects.toThrow("ELOOP");
  await expect(versions.ofMany(["loop"])).rejects.toThrow("ELOOP");
});
