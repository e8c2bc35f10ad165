import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { mayBeDraft } from "../../src/core/draftImages/mayBeDraft.ts";
import { outputFormats } from "../../src/core/models/model.ts";
import { type DraftImage, markAsDraft, readDraft } from "../../src/imaging/draftFile.ts";
import { probe } from "../../src/imaging/probe.ts";
import { draftLayers } from "../../src/sandbox/drawing/draftLayers.ts";
import { createDraftPainter } from "../../src/sandbox/drawing/draftPainter.ts";
import { loadTextRenderer } from "../../src/sandbox/drawing/textRenderer.ts";
import { pngChunk, pngHead } from "../support/pngChunks.ts";
import { sandboxDeps } from "../support/sandboxDeps.ts";
import { halfTransparent, noise } from "./pictures.ts";

const model = "klingai:kling-image@3";
const prompt = "A “red” hut & a <fox>, 世界 👩‍👩‍👧 \"quoted\" 'so'\nin two lines\tand &amp; a tab";
const size = { width: 301, height: 97 };
const paint = await createDraftPainter(sandboxDeps.imaging, sandboxDeps.fonts);

const libraryFormats = { PNG: "png", JPG: "jpeg", WEBP: "webp" } as const;
const extensions = outputFormats.map((format) => ({ format }));

async function draftOf(format: DraftImage["format"]): Promise<Uint8Array> {
  return markAsDraft(await paint({ prompt, format, ...size }), { prompt, model });
}

/** A copy with other bytes from a position on. */
function changed(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

const indexOf = (bytes: Uint8Array, text: string): number => Buffer.from(bytes).indexOf(text);

/** Where the encoded pixels begin, and the bytes after them; here they are in one piece. */
const pixelsOf = {
  PNG: { name: "IDAT", from: 4, after: 16 },
  JPG: { name: Buffer.from([0xff, 0xda]), from: 0, after: 0 },
  WEBP: { name: "VP8 ", from: 8, after: 0 },
} as const;

/** Whether a file may be a draft, and how much of it was read to know. */
async function checkHead(bytes: Uint8Array) {
  const lengths: number[] = [];
  const result = await mayBeDraft(async (offset, length) => {
    const part = bytes.subarray(offset, offset + length);
    lengths.push(part.length);
    return part;
  });
  return { result, reads: lengths.length, bytes: lengths.reduce((sum, length) => sum + length, 0) };
}

describe.each(extensions)("a draft image as $format", ({ format }) => {
  test("keeps what its references are, if they are not too long", async () => {
    const bytes = await paint({ prompt, format, ...size });
    const references = ["images/a%20%26%20b.png", "https://example.org/?a=1&b=%22", "urn:uuid:x"];
    expect(readDraft(markAsDraft(bytes, { prompt, model, references }))).toEqual({
      prompt,
      model,
      references,
      format,
      ...size,
    });
    expect(() => markAsDraft(bytes, { prompt, model, references: ["a".repeat(2001)] })).toThrow("cannot keep");
  });

  test("has prompt, model, format and pixels in its metadata, which other programs read as XMP", async () => {
    const bytes = await draftOf(format);
    expect(readDraft(bytes)).toEqual({ prompt, model, format, ...size });
    expect((await checkHead(bytes)).result).toBe(true);
    expect(probe(bytes)).toEqual({ format, ...size });
    const { xmp, ...header } = await sharp(bytes, { failOn: "warning" }).metadata();
    expect(header).toMatchObject({ format: libraryFormats[format], ...size });
    expect(xmp?.toString()).toContain('xmlns:limn="urn:limn:draft"');
    // The same pixels as without the metadata.
    const pixels = await sharp(bytes, { failOn: "warning" }).raw().toBuffer();
    expect(
      pixels.equals(
        await sharp(await paint({ prompt, format, ...size }))
          .raw()
          .toBuffer(),
      ),
    ).toBe(true);
  });

  test("is none any more after a program has changed its pixels and kept the metadata", async () => {
    const painted = await sharp(await draftOf(format))
      .negate()
      .keepMetadata()
      .toBuffer();
    expect((await sharp(painted).metadata()).xmp?.toString()).toContain("urn:limn:draft");
    expect(readDraft(painted)).toBeUndefined();
  });

  test("differs from pictures, also from those with other XMP", async () => {
    const plain = await noise(40, 30, libraryFormats[format]);
    expect([readDraft(plain), await checkHead(plain)]).toMatchObject([undefined, { result: false, reads: 1 }]);
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>';
    const withXmp = new Uint8Array(await sharp(plain).withXmp(xmp).toBuffer());
    const { result, bytes } = await checkHead(withXmp);
    expect([readDraft(withXmp), result]).toEqual([undefined, false]);
    // Its pixels are not read.
    expect(bytes).toBeLessThan(2000);
  });

  test("is none if it is cut off or its metadata are damaged, and reading it never throws", async () => {
    const bytes = await draftOf(format);
    for (let length = 0; length < bytes.length; length += 7) {
      const draft = readDraft(bytes.subarray(0, length));
      // What comes after pixels and metadata may be missing.
      if (draft !== undefined) expect(draft).toEqual({ prompt, model, format, ...size });
    }
    for (let at = 0; at + 4 < bytes.length; at += 7) {
      expect(() => readDraft(changed(bytes, at, 0xff, 0xff, 0xff, 0xff))).not.toThrow();
    }
    const { name, from, after } = pixelsOf[format];
    const pixelsAt = Buffer.from(bytes).indexOf(name) + from;
    const end = format === "WEBP" ? indexOf(bytes, "XMP ") - 1 : bytes.length - after;
    expect(end - pixelsAt).toBeGreaterThan(500);
    for (let at = pixelsAt; at < end; at += 7) {
      expect(readDraft(changed(bytes, at, (bytes[at] ?? 0) ^ 0xff)), `${at}`).toBeUndefined();
    }
    for (const name of ["limn:prompt", "limn:model", "limn:pixels", "limn:version", "urn:limn:draft"]) {
      expect(readDraft(changed(bytes, indexOf(bytes, name) + 5, 0x78)), name).toBeUndefined();
    }
    expect(readDraft(changed(bytes, indexOf(bytes, 'version="1"') + 9, 0x32))).toBeUndefined();
  });
});

test("a hostile file of millions of empty chunks is no draft, which a few of them show", async () => {
  const empty = 2_500_000;
  const webp = new Uint8Array(30 + 8 * empty);
  webp.set(Buffer.from("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x04", "latin1"));
  const png = Buffer.concat([pngHead(8, 8), Buffer.alloc(12 * empty, pngChunk("zzZz", new Uint8Array()))]);
  const jpeg = Buffer.alloc(4 * empty, Buffer.from([0xff, 0xe2, 0, 2]));
  jpeg.set([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
  const start = performance.now();
  expect([webp, png, jpeg].map(readDraft)).toEqual([undefined, undefined, undefined]);
  // Each took seconds when all chunks were looked at.
  expect(performance.now() - start).toBeLessThan(2000);
  const { result, reads, bytes } = await checkHead(webp);
  expect(result).toBe(false);
  expect(reads).toBeLessThan(30);
  expect(bytes).toBeLessThan(2000);
});

test("a draft keeps its target, and one with a hostile target is none", async () => {
  const bytes = await paint({ prompt, format: "PNG", ...size });
  const targets = ["og", 'project-Blog "banner" & <more>, 世界', "__proto__", "a".repeat(100)];
  for (const target of targets) {
    const draft = readDraft(markAsDraft(bytes, { prompt, model, target, hint: "add" }));
    expect(draft).toEqual({ prompt, model, target, hint: "add", format: "PNG", ...size });
  }
  for (const target of ["", "a".repeat(101), "a\nb", "a\u0000b", "a\u202eb", "a\u200bb", "a\u2028b"]) {
    expect(() => markAsDraft(bytes, { prompt, model, target }), JSON.stringify(target)).toThrow("cannot keep");
  }
  const hinted = Buffer.from(markAsDraft(bytes, { prompt, model, target: "og", hint: "add" }));
  const at = hinted.indexOf('hint="add"') + 6;
  // The checksum of the chunk is not looked at, so only the schema can refuse it.
  expect(readDraft(changed(hinted, at, ...Buffer.from("Say")))).toBeUndefined();
});

test("a transparent WebP stays transparent when it becomes a draft", async () => {
  const webp = new Uint8Array(
    await sharp(await halfTransparent(60, 40))
      .webp({ lossless: true })
      .toBuffer(),
  );
  const draft = markAsDraft(webp, { prompt, model });
  expect(readDraft(draft)).toMatchObject({ prompt, width: 60, height: 40 });
  expect((await sharp(draft).raw().toBuffer()).equals(await sharp(webp).raw().toBuffer())).toBe(true);
});

test("a draft without a visible prompt, with a long one or an odd model is not made", async () => {
  const bytes = await paint({ prompt, format: "JPG", ...size });
  const readMarked = (texts: { readonly prompt: string; readonly model: string }) =>
    readDraft(markAsDraft(bytes, texts));
  expect(readMarked({ prompt: "&".repeat(10_000), model })?.prompt).toHaveLength(10_000);
  for (const texts of [
    { prompt: "a".repeat(10_001), model },
    // Its length would not fit into the field of a JPEG.
    { prompt: "&".repeat(20_000), model },
    { prompt: " \u200b ", model },
    { prompt, model: "a model" },
  ]) {
    expect(() => readMarked(texts)).toThrow("A draft cannot keep this prompt, model, references or target.");
  }
  expect(readMarked({ prompt: "A\u0000 \u0007hut", model })?.prompt).toBe("A hut");
});

test("draws the word DRAFT where it fits, its first letter in a tiny icon, and no NaN", async () => {
  const lettering = await loadTextRenderer(sandboxDeps.fonts);
  const words = '</svg><image href="file:///etc/passwd"/> 世界 \u0000';
  const drawn = ([width, height]: readonly [number, number]) => {
    const texts: string[] = [];
    const outline: typeof lettering.outline = (text, style, x, y) => {
      texts.push(text);
      const right = x + lettering.measure(text, style);
      expect(x, text).toBeGreaterThanOrEqual(0);
      expect(right - style.size * 0.1, text).toBeLessThanOrEqual(width);
      expect(y, text).toBeLessThanOrEqual(height);
      return lettering.outline(text, style, x, y);
    };
    const layers = draftLayers({ prompt: words, width, height, format: "PNG" }, { ...lettering, outline });
    expect(JSON.stringify(layers)).not.toMatch(/NaN|Infinity|undefined|<image|passwd/);
    return texts;
  };
  expect(drawn([8, 8])).toEqual(["D"]);
  expect(drawn([32, 32])).toEqual(["DRAFT"]);
  expect(drawn([1024, 1024])).toEqual(["DRAFT", "1024 × 1024 · PNG", expect.any(String), expect.any(String)]);
  expect(drawn([1200, 300]).slice(0, 2)).toEqual(["DRAFT", "1200 × 300 · PNG"]);
  expect(drawn([40, 1200])[0]).toBe("DRAFT");
  expect(drawn([6272, 2688])[1]).toBe("6272 × 2688 · PNG");
});

test("measures little of a long prompt without spaces", async () => {
  const lettering = await loadTextRenderer(sandboxDeps.fonts);
  let measured = 0;
  const measure: typeof lettering.measure = (text, style) => {
    measured += text.length;
    return lettering.measure(text, style);
  };
  const input = { prompt: "山".repeat(2500), width: 1024, height: 1024, format: "PNG" } as const;
  expect(JSON.stringify(draftLayers(input, { ...lettering, measure }))).not.toContain("NaN");
  expect(measured).toBeLessThan(10_000);
});
