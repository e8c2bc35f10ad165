import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { encodeCheckedLines, readCheckedLines } from "../../src/host/storage/checkedLines.ts";

async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), "limn-lines-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "lines");
  return {
    path,
    write: (bytes: Uint8Array) => writeFile(path, bytes),
    async read() {
      const groups: string[][] = [];
      for await (const group of readCheckedLines(path)) groups.push([...group]);
      return groups;
    },
  };
}

const encode = (lines: readonly string[]) => Buffer.concat([...encodeCheckedLines(lines)]);

test("Lines are read as they were written, wherever the pieces of the file end", async () => {
  const { write, read } = await openFile();
  // Two bytes for a letter, so that pieces end within one; some lines are longer than a piece.
  const lines = Array.from({ length: 300 }, (_, at) => `${at} ${"ä".repeat(at % 100 === 50 ? 400_000 : at * 7)}`);
  await write(encode(lines));
  const groups = await read();
  expect(groups.flat()).toEqual(lines);
  expect(groups.length).toBeGreaterThan(2);
});

test("A megabyte is not in memory at once", async () => {
  const { write, read } = await openFile();
  const lines = Array.from({ length: 1000 }, (_, at) => String(at).padEnd(1000));
  await write(encode(lines));
  const groups = await read();
  expect(groups.flat()).toEqual(lines);
  expect(Math.max(...groups.map(({ length }) => length))).toBeLessThan(300);
});

test.each([
  ["has another byte", (bytes: Buffer) => bytes.fill("X", 30, 31), ["first", "third"]],
  ["has another checksum", (bytes: Buffer) => bytes.fill("X", 15, 16), ["first", "third"]],
  ["is cut off", (bytes: Buffer) => bytes.subarray(0, -3), ["first", "second line of text"]],
  ["follows an empty line", (bytes: Buffer) => Buffer.concat([Buffer.from("\n"), bytes]), undefined],
  ["follows bytes that are no text", (bytes: Buffer) => Buffer.concat([Buffer.from([0, 255, 10]), bytes]), undefined],
])("A line that %s does not spoil the others", async (_, damage, left = ["first", "second line of text", "third"]) => {
  const { write, read } = await openFile();
  await write(damage(encode(["first", "second line of text", "third"])));
  expect((await read()).flat()).toEqual(left);
});

test("A file that does not exist has no lines", async () => {
  expect(await (await openFile()).read()).toEqual([]);
});
