import fc from "fast-check";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createImaging } from "../../src/imaging/imaging.ts";
import { probe } from "../../src/imaging/probe.ts";
import { sharedChromium } from "../support/chromium.ts";
import { greyPng } from "../support/greyPng.ts";
import { pngChunk } from "../support/pngChunks.ts";
import { noise, photoWithExif, photoWithOrientation } from "./pictures.ts";

const imaging = createImaging({ processPath: new URL("../../src/imaging/imagingProcess.ts", import.meta.url) });
afterAll(() => imaging.dispose());

test.each([
  ["PNG", "png"],
  ["JPG", "jpeg"],
  ["WEBP", "webp"],
] as const)("reads format and size of a %s", async (format, encoder) => {
  expect(probe(await noise(321, 123, encoder))).toEqual({ format, width: 321, height: 123 });
});

const transparent = sharp({ create: { width: 8, height: 4, channels: 4, background: "#ff000080" } });
const opaque = sharp({ create: { width: 8, height: 4, channels: 3, background: "#ff0000" } });

test.each([
  ["a PNG with an alpha channel", transparent.clone().png(), true],
  ["a PNG with a palette that has transparency", transparent.clone().png({ palette: true }), true],
  ["a PNG with a palette", opaque.clone().png({ palette: true }), undefined],
  ["an opaque PNG", opaque.clone().png(), undefined],
  ["a grey PNG with an alpha channel", transparent.clone().toColourspace("b-w").png(), true],
  ["a lossy WebP with an alpha channel", transparent.clone().webp(), true],
  ["a lossless WebP with an alpha channel", transparent.clone().webp({ lossless: true }), true],
  ["an opaque WebP", opaque.clone().webp(), undefined],
  ["an opaque lossless WebP", opaque.clone().webp({ lossless: true }), undefined],
  ["a JPEG", opaque.clone().jpeg(), undefined],
] as const)("says whether a picture has an alpha channel: %s", async (_, encoder, hasAlpha) => {
  const bytes = await encoder.toBuffer();
  expect((await sharp(bytes).metadata()).hasAlpha).toBe(hasAlpha ?? false);
  expect(probe(bytes)?.hasAlpha).toBe(hasAlpha);
});

const frames = sharp(Buffer.from(Array.from({ length: 8 * 8 * 3 }, (_, index) => index)), {
  raw: { width: 8, height: 8, channels: 3, pageHeight: 4 },
});

test.each([
  ["an animated WebP", () => frames.clone().webp({ loop: 0 }).toBuffer(), true],
  ["an animated PNG", async () => greyPng(8, 4, 99, pngChunk("acTL", Buffer.alloc(8))), true],
  ["a WebP", () => transparent.clone().webp().toBuffer(), undefined],
  ["a PNG", async () => greyPng(8, 4, 99), undefined],
  ["a JPEG", () => opaque.clone().jpeg().toBuffer(), undefined],
] as const)("says whether a picture is an animation: %s", async (_, encode, isAnimated) => {
  expect(probe(await encode())).toMatchObject({ width: 8, height: 4 });
  expect(probe(await encode())?.isAnimated).toBe(isAnimated);
});

test("returns the displayed size of a rotated photo", async () => {
  expect(probe(await photoWithExif(640, 480))).toEqual({ format: "JPG", width: 480, height: 640 });
});

describe("A picture with an EXIF orientation", () => {
  let page: Page;
  beforeAll(async () => {
    page = await (await sharedChromium()).newPage();
  });
  afterAll(() => page.close());

  /** Returns the size that the browser displays. */
  async function shown(bytes: Uint8Array, type: string): Promise<{ width: number; height: number }> {
    const data = `data:image/${type};base64,${Buffer.from(bytes).toString("base64")}`;
    return page.evaluate(async (link) => {
      const image = new Image();
      image.src = link;
      await image.decode();
      return { width: image.naturalWidth, height: image.naturalHeight };
    }, data);
  }

  const types = ["jpeg", "png", "webp"] as const;
  test.each(types.flatMap((type) => [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({ type, orientation }))))(
    "has the displayed size of browsers, as has Limn's output: $type, orientation $orientation",
    async ({ type, orientation }) => {
      const bytes = await photoWithOrientation(80, 60, type, orientation);
      const pixels = await shown(bytes, type);
      expect(pixels.width === 60).toBe(type !== "webp" && orientation > 4);
      expect(probe(bytes)).toMatchObject(pixels);
      const { bytes: small, ...made } = await imaging.shrink({ bytes, maxSide: 1000, maxBytes: 1_000_000 });
      expect(made).toMatchObject(pixels);
      expect(probe(small)).toMatchObject(pixels);
      expect(await imaging.preview({ bytes, side: 1000 })).toMatchObject(pixels);
    },
  );

  test("ignores EXIF behind a PNG's image data and unreadable EXIF", async () => {
    const png = Buffer.from(await photoWithOrientation(80, 60, "png", 6));
    const from = png.indexOf("eXIf") - 4;
    const to = from + 12 + png.readUInt32BE(from);
    const end = png.length - 12;
    const late = Buffer.concat([
      ...[png.subarray(0, from), png.subarray(to, end)],
      ...[png.subarray(from, to), png.subarray(end)],
    ]);
    const rubbish = Buffer.from(png);
    rubbish.fill(0xff, from + 8, to - 4);
    for (const bytes of [late, rubbish]) {
      expect(probe(bytes)).toEqual({ format: "PNG", width: 80, height: 60 });
    }
    expect(await shown(late, "png")).toEqual({ width: 80, height: 60 });
  });
});

test("reads a lossless and a transparent WebP", async () => {
  const sheet = sharp({ create: { width: 70, height: 50, channels: 4, background: "#0000" } });
  const lossless = new Uint8Array(await sheet.clone().webp({ lossless: true }).toBuffer());
  const lossy = new Uint8Array(await sheet.clone().webp().toBuffer());
  expect([probe(lossless), probe(lossy)]).toEqual([
    { format: "WEBP", width: 70, height: 50, hasAlpha: true },
    { format: "WEBP", width: 70, height: 50, hasAlpha: true },
  ]);
});

test("returns undefined for other formats", async () => {
  const gif = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#fff" } })
    .gif()
    .toBuffer();
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  expect([probe(gif), probe(svg), probe(new Uint8Array())]).toEqual([undefined, undefined, undefined]);
});

test("never throws for any bytes", async () => {
  const heads = [
    ...[await noise(40, 30, "png"), await noise(40, 30, "jpeg"), await noise(40, 30, "webp")],
    ...[await photoWithOrientation(40, 30, "png", 6), await photoWithOrientation(40, 30, "jpeg", 6)],
  ];
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
