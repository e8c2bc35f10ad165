import { chmod, type FileHandle, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createCopy, replaceFile, sameFiles, writeStreamToFile } from "../../src/host/storage/durableFile.ts";

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "limn-files-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const text = (path: string) => readFile(path, "utf8");

test("A file that is written in pieces appears only after the last piece, under its final name", async () => {
  const folder = await openFolder();
  let visible: string[] = [];
  async function* pieces() {
    yield Buffer.from("one ");
    visible = (await readdir(folder)).filter((name) => !name.startsWith("."));
    yield Buffer.from("two");
  }
  await writeStreamToFile(folder, pieces(), () => "whole.txt");
  expect(visible).toEqual([]);
  expect(await readdir(folder)).toEqual(["whole.txt"]);
  expect(await text(join(folder, "whole.txt"))).toBe("one two");
});

test("A file that is written in pieces has all of them, even if the system writes fewer bytes than it is given", async () => {
  const folder = await openFolder();
  const probe = await open(join(folder, "probe"), "w");
  const handles: Pick<FileHandle, "writev"> = Object.getPrototypeOf(probe);
  await probe.close();
  const { writev } = handles;
  const partial = vi.spyOn(handles, "writev").mockImplementation(async function (this: FileHandle, batch) {
    const [first = new Uint8Array()] = batch;
    const { bytesWritten } = await Reflect.apply(writev, this, [[new Uint8Array(first.buffer, 0, 1000)]]);
    return { bytesWritten, buffers: batch };
  });
  onTestFinished(() => partial.mockRestore());
  const whole = Buffer.from(Array.from({ length: 1_300_000 }, (_, index) => (index * 7) % 251));
  function* pieces() {
    for (let at = 0; at < whole.length; at += 65_536) {
      yield new Uint8Array(whole.subarray(at, at + 65_536));
    }
  }
  await writeStreamToFile(folder, pieces(), () => "whole.bin");
  expect(partial).toHaveBeenCalledTimes(3);
  expect((await readFile(join(folder, "whole.bin"))).equals(whole)).toBe(true);
});

/** Lets every write to a file fail with the error. */
async function failWrites(folder: string, error: Error): Promise<void> {
  const probe = await open(join(folder, "probe"), "w");
  const handles: Pick<FileHandle, "writev"> = Object.getPrototypeOf(probe);
  await probe.close();
  const failing = vi.spyOn(handles, "writev").mockRejectedValue(error);
  onTestFinished(() => failing.mockRestore());
}

test("A disk error while later pieces arrive ends the stream, leaves no file and is the reason", async () => {
  const folder = await openFolder();
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  await failWrites(folder, full);
  let ended = false;
  async function* pieces() {
    try {
      for (;;) {
        yield new Uint8Array(600_000);
      }
    } finally {
      ended = true;
    }
  }
  await expect(writeStreamToFile(folder, pieces(), () => "whole.bin")).rejects.toBe(full);
  expect([ended, await readdir(folder)]).toEqual([true, ["probe"]]);
});

test("A disk error is the reason, also if the connection is cut before it is noticed", async () => {
  const folder = await openFolder();
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  await failWrites(folder, full);
  async function* cut() {
    yield new Uint8Array(600_000);
    throw new Error("The connection was cut.");
  }
  await expect(writeStreamToFile(folder, cut(), () => "whole.bin")).rejects.toBe(full);
  expect(await readdir(folder)).toEqual(["probe"]);
});

test("A failed write leaves no file and rejects with the error", async () => {
  const folder = await openFolder();
  const fault = new Error("The connection was cut.");
  async function* cut() {
    yield Buffer.from("one ");
    throw fault;
  }
  await expect(writeStreamToFile(folder, cut(), () => "whole.txt")).rejects.toBe(fault);
  const nameless = () => {
    throw fault;
  };
  await expect(writeStreamToFile(folder, [Buffer.from("one")], nameless)).rejects.toBe(fault);
  expect(await readdir(folder)).toEqual([]);
});

test("A copy overwrites no file, and does not change with its original", async () => {
  const folder = await openFolder();
  const [original, copy, taken] = [join(folder, "a"), join(folder, "sub", "b"), join(folder, "c")];
  await writeFile(original, "picture");
  await writeFile(taken, "another");
  expect(await createCopy(copy, original)).toBe(true);
  expect(await createCopy(taken, original)).toBe(false);
  await writeFile(original, "changed");
  expect([await text(copy), await text(taken)]).toEqual(["picture", "another"]);
  expect((await readdir(folder, { recursive: true })).sort()).toEqual(["a", "c", "sub", "sub/b"]);
});

test("An existing name is reported before anything is copied", async () => {
  const folder = await openFolder();
  const taken = join(folder, "taken");
  await writeFile(taken, "another");
  expect(await createCopy(taken, join(folder, "an original that is not there"))).toBe(false);
});

test("Two files are equal only if all their bytes are", async () => {
  const folder = await openFolder();
  const write = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const picture = await write("a", "picture");
  expect(await sameFiles(picture, await write("b", "picture"))).toBe(true);
  expect(await sameFiles(picture, await write("c", "picturf"))).toBe(false);
  expect(await sameFiles(picture, await write("d", "pictures"))).toBe(false);
  expect(await sameFiles(picture, join(folder, "none"))).toBe(false);
});

test("A replaced file has the given mode, independent of the umask", async () => {
  const folder = await openFolder();
  const path = join(folder, "prompts.json");
  for (const mode of [0o664, 0o600, 0o444]) {
    await writeFile(path, "old");
    await chmod(path, mode);
    const { uid, gid } = await stat(path);
    await replaceFile(path, "new", { mode, uid, gid });
    expect([(await stat(path)).mode & 0o777, await text(path)]).toEqual([mode, "new"]);
    await rm(path);
  }
});

test.runIf(process.getuid?.() === 0)("A replaced file keeps its owner", async () => {
  const folder = await openFolder();
  const path = join(folder, "prompts.json");
  await replaceFile(path, "new", { mode: 0o640, uid: 1234, gid: 2345 });
  const { mode, uid, gid } = await stat(path);
  expect([mode & 0o777, uid, gid]).toEqual([0o640, 1234, 2345]);
});
