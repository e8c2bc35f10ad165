import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { inspect, PictureInspector } from "../../../src/core/pictures/inspection.ts";
import { probe } from "../../../src/imaging/probe.ts";

const sample = (name: string) =>
  readFile(new URL(`../../sample/images/${name}`, import.meta.url)).then((bytes) => new Uint8Array(bytes));
const inspected = (bytes: Uint8Array) => inspect({ probe }, bytes);

/** Inspects a picture that arrives in pieces. */
function inPieces(bytes: Uint8Array, length: number) {
  const inspection = new PictureInspector({ probe });
  for (let at = 0; at < bytes.length; at += length) {
    inspection.write(bytes.subarray(at, at + length));
  }
  return inspection.end();
}

describe.each(["hut.png", "ridge.jpg", "phone-photo.jpg", "lake.webp"])("%s", (name) => {
  test("is recognized by its bytes", async () => {
    const facts = inspected(await sample(name));
    expect(facts.format.toLowerCase()).toBe(name.split(".").at(-1));
    expect(facts.width).toBeGreaterThan(100);
  });

  test("is rejected when it is cut off, wherever it is cut", async () => {
    const bytes = await sample(name);
    const ends = [
      8,
      12,
      100,
      Math.floor(bytes.length / 3),
      Math.floor(bytes.length / 2),
      bytes.length - 2,
      bytes.length - 1,
    ];
    for (const end of ends) {
      expect(() => inspected(bytes.subarray(0, end))).toThrow(/incomplete|not a picture/);
    }
  });

  test.each([1, 7, 4096, 65_536])("is recognized in pieces of %i bytes", async (length) => {
    const bytes = await sample(name);
    expect(inPieces(bytes, length)).toEqual(inspected(bytes));
    expect(() => inPieces(bytes.subarray(0, -1), length)).toThrow("incomplete");
  });

  test("is accepted with bytes behind its end", async () => {
    const bytes = await sample(name);
    expect(inspected(Buffer.concat([bytes, Buffer.from("\0\0more")]))).toEqual(inspected(bytes));
  });
});

test.each(["", "<!doctype html>", "GIF89a", "<svg/>"])("“%s” does not count as a picture", (text) => {
  expect(() => inspected(new TextEncoder().encode(text))).toThrow("What arrived is not a picture.");
});

test("The size of a JPEG is read from behind its metadata, wherever the pieces end", async () => {
  const bytes = await sample("ridge.jpg");
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533, "x")]);
  const late = Buffer.concat([bytes.subarray(0, 2), ...Array(9).fill(comment), bytes.subarray(2)]);
  const facts = inspected(bytes);
  const frame = late.indexOf(Buffer.from([0xff, 0xc0])) + late.indexOf(Buffer.from([0xff, 0xc2])) + 1;
  for (let length = frame; length < frame + 12; length++) {
    expect(inPieces(late, length)).toEqual(facts);
  }
});

test("The size of a lossless WebP is read only when all its bits have arrived", async () => {
  const bytes = await sharp({ create: { width: 700, height: 500, channels: 3, background: "#208040" } })
    .webp({ lossless: true })
    .toBuffer();
  for (let length = 1; length < 40; length++) {
    expect(inPieces(bytes, length)).toEqual({ format: "WEBP", width: 700, height: 500 });
  }
});

test("Data that is not a picture is rejected early, however long it is", () => {
  const inspection = new PictureInspector({ probe });
  const pieces = Array.from({ length: 1000 }, () => new Uint8Array(64_000));
  let taken = 0;
  expect(() => {
    for (const piece of pieces) {
      inspection.write(piece);
      taken++;
    }
  }).toThrow("What arrived is not a picture.");
  expect(taken).toBeLessThan(20);
});
