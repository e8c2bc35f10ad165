import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { unkeptPictures } from "../../../src/core/jobs/job.ts";
import { markAsDraft, readDraft } from "../../../src/imaging/draftFile.ts";
import { fileName, isDownload, neverAborted, readBytes, setUp } from "../support/setUp.ts";

const draft = async () => {
  const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#ddd" } })
    .jpeg()
    .toBuffer();
  return markAsDraft(new Uint8Array(jpeg), { prompt: "A lighthouse", model: "klingai:kling-image@3" });
};

/** Writes a file where the picture of a test is kept. */
async function setUpWithFile(bytes: Uint8Array | string) {
  const setup = await setUp();
  const path = join(setup.environment.folder, "pictures", "lighthouse.jpg");
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return { ...setup, path };
}

test("a picture replaces the draft at its path if the request says it", async () => {
  const { environment, buy, readJob, path } = await setUpWithFile(await draft());
  const { files } = await buy({}, { replacesDraft: true });
  expect(files.map(fileName)).toEqual(["lighthouse.jpg"]);
  expect(await readBytes(files[0] ?? "")).toEqual(await readFile(path));
  expect(readDraft(await readFile(path))).toBeUndefined();
  expect(await environment.listFolder("pictures")).toEqual(["lighthouse.jpg"]);
  expect(unkeptPictures(await readJob())).toEqual([]);
});

test("a draft stays if the request does not say so, or if it is no draft any more", async () => {
  const { buy, path } = await setUpWithFile(await draft());
  expect((await buy()).files.map(fileName)).toEqual(["lighthouse-2.jpg"]);
  expect(readDraft(await readFile(path))).toBeDefined();

  const changed = await setUpWithFile(await draft());
  changed.faultProxy.setRule((request) =>
    isDownload(request) ? { holdUntil: writeFile(changed.path, "mine") } : undefined,
  );
  expect((await changed.buy({}, { replacesDraft: true })).files.map(fileName)).toEqual(["lighthouse-2.jpg"]);
  expect(await readFile(changed.path, "utf8")).toBe("mine");
});

test("the draft of another image stays, even at the next free name or in the format of the picture", async () => {
  const { buy, path } = await setUpWithFile("mine");
  const second = join(dirname(path), "lighthouse-2.jpg");
  await writeFile(second, await draft());
  expect((await buy({}, { replacesDraft: true })).files.map(fileName)).toEqual(["lighthouse-3.jpg"]);
  expect(readDraft(await readFile(second))).toBeDefined();

  const other = await setUpWithFile(await draft());
  // The service sends JPEG, though PNG was requested.
  const jpeg = await sharp({ create: { width: 1024, height: 1024, channels: 3, background: "#ddd" } })
    .jpeg()
    .toBuffer();
  other.faultProxy.setRule((request) => (isDownload(request) ? { changePicture: () => jpeg } : undefined));
  const { files } = await other.buy({ format: "PNG" }, { replacesDraft: true });
  expect(files.map(fileName)).toEqual(["lighthouse-2.jpg"]);
  expect(readDraft(await readFile(other.path))).toBeDefined();
});

test("a picture that another window follows to its end replaces the draft too", async () => {
  const { faultProxy, environment, buy, path } = await setUpWithFile(await draft());
  const stop = new AbortController();
  faultProxy.setRule((request) => {
    if (isDownload(request)) stop.abort();
    return undefined;
  });
  await expect(buy({}, { replacesDraft: true }, stop.signal)).rejects.toMatchObject({ kind: "stopped" });
  const window = await environment.openWindow();
  const [job] = window.journal.list();
  const { files } = await window.checkAgain(job?.taskUUID ?? "", neverAborted);
  expect(files.map(fileName)).toEqual(["lighthouse.jpg"]);
  expect(readDraft(await readFile(path))).toBeUndefined();
});
