import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { noise, photo } from "./pictures.ts";

test.each([
  ["PNG", "png"],
  ["JPG", "jpeg"],
  ["WEBP", "webp"],
] as const)("reads format and pixels of a %s", async (format, encoder) => {
  expect(probe(await noise(321, 123, encoder))).toEqual({ format, width: 321, height: 123 });
});

test("tells the pixels of a turned photo as they are stored", async () => {
  expect(probe(await photo(640, 480))).toEqual({ format: "JPG", width: 640, height: 480 });
});

test("reads a lossless and a transparent WebP", async () => {
  const sheet = sharp({ create: { width: 70, height: 50, channels: 4, background: "#0000" } });
  const lossless = new Uint8Array(await sheet.clone().webp({ lossless: true }).toBuffer());
  const lossy = new Uint8Array(await sheet.clone().webp().toBuffer());
  expect([probe(lossless), probe(lossy)]).toEqual([
    { format: "WEBP", width: 70, height: 50 },
    { format: "WEBP", width: 70, height: 50 },
  ]);
});

test("knows nothing but the three formats", async () => {
  const gif = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#fff" } })
    .gif()
    .toBuffer();
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  expect([probe(gif), probe(svg), probe(new Uint8Array())]).toEqual([undefined, undefined, undefined]);
});

test("never throws, whatever the bytes", async () => {
  const heads = [await noise(40, 30, "png"), await noise(40, 30, "jpeg"), await noise(40, 30, "webp")];
  const damaged = fc
    .tuple(fc.constantFrom(...heads), fc.nat(200), fc.uint8Array({ maxLength: 60 }))
    .map(([head, length, tail]) => new Uint8Array([...head.subarray(0, length), ...tail]));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged), (bytes) => {
      const facts = probe(bytes);
      expect(facts === undefined || (facts.width > 0 && facts.height > 0)).toBe(true);
    }),
  );
});
