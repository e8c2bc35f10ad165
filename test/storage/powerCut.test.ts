import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createCopy, createFile, replaceFile, writeStreamToFile } from "../../src/host/storage/durableFile.ts";
import type { createFileSystemRecorder } from "../support/powerCut.ts";

const { recorder } = vi.hoisted(() => ({
  recorder: new Map<"recorder", ReturnType<typeof createFileSystemRecorder>>(),
}));

vi.mock("node:fs/promises", async (original) => {
  const { createFileSystemRecorder: create } = await import("../support/powerCut.ts");
  const made = create(await original());
  recorder.set("recorder", made);
  return made.recorded;
});

const power = () => {
  const made = recorder.get("recorder");
  if (made === undefined) {
    throw new Error("The file system is not recorded.");
  }
  return made;
};

const old = Buffer.from("the old text, which is long enough to be cut");
const fresh = Buffer.from("the new text, which is long enough to be cut as well");

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "limn-power-"));
  const own = folder;
  onTestFinished(() => rm(own, { recursive: true, force: true }));
});

const found = (disks: readonly ReadonlyMap<string, Uint8Array>[], path: string): ReadonlySet<string | undefined> =>
  new Set(disks.map((disk) => disk.get(path)).map((bytes) => (bytes === undefined ? undefined : String(bytes))));

describe("After a power cut", () => {
  test("while a file is replaced, the old or the new one exists; then the new one", async () => {
    const path = join(folder, "job.json");
    await writeFile(path, old);
    power().reset({ [path]: old });
    await replaceFile(path, fresh);
    expect(await readFile(path)).toEqual(fresh);
    expect(found(power().statesAtAnyMoment(), path)).toEqual(new Set([String(old), String(fresh)]));
    expect(found(power().statesNow(), path)).toEqual(new Set([String(fresh)]));
  });

  test("while a file is created, none or a complete one exists; then a complete one", async () => {
    const path = join(folder, "fox.jpg");
    power().reset();
    expect(await createFile(path, fresh)).toBe(true);
    expect(found(power().statesAtAnyMoment(), path)).toEqual(new Set([undefined, String(fresh)]));
    expect(found(power().statesNow(), path)).toEqual(new Set([String(fresh)]));
  });

  test("while a file is written in pieces, none or a complete one exists; then a complete one", async () => {
    const path = join(folder, "fox.jpg");
    power().reset();
    async function* pieces() {
      yield fresh.subarray(0, 20);
      yield fresh.subarray(20);
    }
    await writeStreamToFile(folder, pieces(), () => "fox.jpg");
    expect(found(power().statesAtAnyMoment(), path)).toEqual(new Set([undefined, String(fresh)]));
    expect(found(power().statesNow(), path)).toEqual(new Set([String(fresh)]));
  });

  test("while a file is written in several batches, none or a complete one exists; then a complete one", async () => {
    const path = join(folder, "fox.jpg");
    const whole = Buffer.alloc(1_300_000, "fox ");
    power().reset();
    async function* pieces() {
      for (let at = 0; at < whole.length; at += 300_000) yield whole.subarray(at, at + 300_000);
    }
    await writeStreamToFile(folder, pieces(), () => "fox.jpg");
    expect(found(power().statesAtAnyMoment(), path)).toEqual(new Set([undefined, String(whole)]));
    expect(found(power().statesNow(), path)).toEqual(new Set([String(whole)]));
  });

  test("while a file is copied, none or a complete one exists; then a complete one", async () => {
    const [original, path] = [join(folder, "vault.jpg"), join(folder, "pictures", "fox.jpg")];
    await writeFile(original, fresh);
    power().reset({ [original]: fresh });
    expect(await createCopy(path, original)).toBe(true);
    expect(found(power().statesAtAnyMoment(), path)).toEqual(new Set([undefined, String(fresh)]));
    expect(found(power().statesNow(), path)).toEqual(new Set([String(fresh)]));
  });

  test("a file exists with all folders that were created for it", async () => {
    const path = join(folder, "storage", "limn", "jobs", "job.json");
    power().reset();
    await replaceFile(path, fresh);
    expect(found(power().statesNow(), path)).toEqual(new Set([String(fresh)]));
  });

  test("an existing name still has its old content", async () => {
    const path = join(folder, "fox.jpg");
    await writeFile(path, old);
    power().reset({ [path]: old });
    expect(await createFile(path, fresh)).toBe(false);
    expect(found(power().statesAtAnyMoment(), path)).toEqual(new Set([String(old)]));
  });
});
