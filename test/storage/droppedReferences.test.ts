import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { deleteUnusedReferences, storeDroppedReference } from "../../src/host/storage/droppedReferences.ts";

const day = 24 * 60 * 60 * 1000;
const nothing = { draft: [], jobs: [], unreadableJobs: [] };

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), "limn-references-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  /** Stores an image that was last used this many days ago. */
  const store = async (content: string, days: number) => {
    const path = await storeDroppedReference(folder, Buffer.from(content), "png");
    const used = new Date(Date.now() - days * day);
    await utimes(path, used, used);
    return path;
  };
  return { folder, store, names: async () => (await readdir(folder)).sort() };
}

test("A dropped image is stored once, under the hash of its content", async () => {
  const { folder, names } = await openFolder();
  const paths = [
    await storeDroppedReference(folder, Buffer.from("hut"), "png"),
    await storeDroppedReference(folder, Buffer.from("hut"), "png"),
  ];
  const name = `${createHash("sha256").update("hut").digest("hex")}.png`;
  expect(paths).toEqual([join(folder, name), join(folder, name)]);
  expect(await names()).toEqual([name]);
});

test("Dropped images without a job or draft are deleted 90 days after their last use", async () => {
  const { folder, store, names } = await openFolder();
  await store("old", 91);
  const recent = await store("recent", 89);
  await writeFile(join(folder, "notes.txt"), "a file that is not Limn's");
  const before = new Date(Date.now() - 200 * day);
  await utimes(join(folder, "notes.txt"), before, before);
  await deleteUnusedReferences(folder, nothing, Date.now());
  expect(await names()).toEqual([basename(recent), "notes.txt"].sort());
});

test("Dropped images of the draft or a job are not deleted at any age", async () => {
  const { folder, store, names } = await openFolder();
  const [draft, job, unreadable] = [await store("draft", 400), await store("job", 400), await store("unreadable", 400)];
  await store("old", 400);
  const uses = {
    draft: [pathToFileURL(draft).href],
    jobs: [pathToFileURL(job).href, "https://example.com/fox.png"],
    unreadableJobs: [`{"version":2,"images":["${basename(unreadable)}"]`],
  };
  await deleteUnusedReferences(folder, uses, Date.now());
  expect(await names()).toEqual([draft, job, unreadable].map((path) => basename(path)).sort());
});

test("An image of the draft counts as used, for windows of other workspaces", async () => {
  const { folder, store, names } = await openFolder();
  const draft = await store("draft", 400);
  await deleteUnusedReferences(folder, { ...nothing, draft: [pathToFileURL(draft).href] }, Date.now());
  await deleteUnusedReferences(folder, nothing, Date.now());
  expect(await names()).toEqual([basename(draft)]);
});

test("An old image that is dropped again counts as used", async () => {
  const { folder, store } = await openFolder();
  const path = await store("hut", 400);
  await storeDroppedReference(folder, Buffer.from("hut"), "png");
  expect(Date.now() - (await stat(path)).mtimeMs).toBeLessThan(day);
  await deleteUnusedReferences(folder, nothing, Date.now());
  expect((await stat(path)).isFile()).toBe(true);
});

test("A missing folder of dropped images is not an error", async () => {
  await deleteUnusedReferences(join((await openFolder()).folder, "none"), nothing, Date.now());
});
