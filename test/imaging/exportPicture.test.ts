import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { type PlannedPicture, planExport } from "../../src/core/targets/exportPlan.ts";
import { exportFormats } from "../../src/core/targets/target.ts";
import { targets } from "../../src/core/targets/targets.ts";
import { createImaging } from "../../src/imaging/imaging.ts";
import { halfTransparent, noise, opaqueWithAlpha, photoWithExif } from "./pictures.ts";

const processPath = new URL("../../src/imaging/imagingProcess.ts", import.meta.url);
const imaging = createImaging({ processPath });
afterAll(() => imaging.dispose());

/** Half red, half blue, with a white disc near the left edge, which draws the eye. */
const withDiscAtLeft = async (width: number, height: number): Promise<Uint8Array> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#606468"/>
    <circle cx="${height / 3}" cy="${height / 2}" r="${height / 5}" fill="#ff2010"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
};

const picture = (changes: Partial<PlannedPicture>): PlannedPicture => ({
  ...{ width: 300, height: 200, margin: 0, format: "PNG" },
  ...changes,
});

/** The same photo in Display P3, with its EXIF. */
const withProfile = async (photo: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await sharp(photo).keepExif().withIccProfile("p3").jpeg({ quality: 95 }).toBuffer());

/** Format, pixels and transparency by a second reader of the bytes. */
async function read(bytes: Uint8Array) {
  const { format, width, height, hasAlpha, exif, icc } = await sharp(bytes).metadata();
  return { format, width, height, hasAlpha, exif, icc };
}

const sharpNames = { PNG: "png", JPG: "jpeg", WEBP: "webp", AVIF: "heif" };

describe("an exported file", () => {
  it.each(exportFormats)("in %s has exactly the pixels that were ordered, and no metadata", async (format) => {
    const bytes = await photoWithExif(640, 480);
    const exported = await imaging.exportPicture({ ...picture({ format, width: 301, height: 199 }), bytes });
    expect(await read(exported.bytes)).toEqual({
      ...{ format: sharpNames[format], width: 301, height: 199, hasAlpha: false },
      ...{ exif: undefined, icc: undefined },
    });
    expect(exported).toMatchObject({ width: 301, height: 199 });
  });

  it.each(exportFormats)("in %s keeps metadata and profile if that is wanted, and is upright", async (format) => {
    const bytes = await withProfile(await photoWithExif(640, 480));
    // The photo lies on its side: its red left half becomes the upper one.
    const planned = picture({ format, width: 150, height: 200, maxBytes: 100_000 });
    const exported = await imaging.exportPicture({ ...planned, bytes, keepsMetadata: true });
    const { exif, icc, orientation = 1, autoOrient } = await sharp(exported.bytes).metadata();
    expect(exif?.includes("An unknown author")).toBe(true);
    expect(icc).toEqual((await sharp(bytes).metadata()).icc);
    expect([orientation, autoOrient.width, autoOrient.height]).toEqual([1, 150, 200]);
    const { data, info } = await sharp(exported.bytes).raw().toBuffer({ resolveWithObject: true });
    const redAt = (y: number) => data[(y * info.width + 75) * info.channels] ?? 0;
    expect([redAt(20) > 128, redAt(180) > 128]).toEqual([true, false]);
  });

  it("of a WebP is not turned by its EXIF, as in browsers, whatever is kept", async () => {
    const bytes = new Uint8Array(
      await sharp(await photoWithExif(640, 480))
        .keepMetadata()
        .webp()
        .toBuffer(),
    );
    const planned = picture({ format: "JPG", width: 200, height: 150 });
    const exported = await imaging.exportPicture({ ...planned, bytes, keepsMetadata: true });
    expect((await sharp(exported.bytes).metadata()).orientation ?? 1).toBe(1);
  });

  it.each(["PNG", "WEBP", "AVIF"] as const)(
    "in %s has no alpha channel that is opaque everywhere, which is only weight",
    async (format) => {
      const bytes = await opaqueWithAlpha(600, 400, "png");
      const exported = await imaging.exportPicture({ ...picture({ format }), bytes });
      expect((await read(exported.bytes)).hasAlpha).toBe(false);
      const padded = await imaging.exportPicture({ ...picture({ format, margin: 10 }), bytes });
      expect((await read(padded.bytes)).hasAlpha).toBe(true);
    },
  );

  it.each(["PNG", "WEBP", "AVIF"] as const)("in %s keeps transparency without a background", async (format) => {
    const bytes = await halfTransparent(600, 400);
    const exported = await imaging.exportPicture({ ...picture({ format }), bytes });
    expect((await read(exported.bytes)).hasAlpha).toBe(true);
    const { data } = await sharp(exported.bytes).extractChannel("alpha").raw().toBuffer({ resolveWithObject: true });
    expect([data[0], data[299]]).toEqual([255, 0]);
  });

  it("is opaque with a background, with a margin of that colour", async () => {
    const bytes = await halfTransparent(400, 400);
    const planned = picture({ width: 140, height: 140, margin: 20, background: "#ffffff" });
    const exported = await imaging.exportPicture({ ...planned, bytes });
    expect(await read(exported.bytes)).toMatchObject({ width: 180, height: 180, hasAlpha: false });
    const { data, info } = await sharp(exported.bytes).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => [...data.subarray((y * 180 + x) * info.channels).subarray(0, 3)];
    expect([pixel(0, 0), pixel(19, 90), pixel(179, 179), pixel(150, 90)]).toEqual(Array(4).fill([255, 255, 255]));
    expect(pixel(40, 90)).toEqual([0x20, 0x80, 0x40]);
  });

  it("shows the part that draws the eye", async () => {
    const bytes = await withDiscAtLeft(900, 300);
    const exported = await imaging.exportPicture({ ...picture({ width: 200, height: 200 }), bytes });
    const { data, info } = await sharp(exported.bytes).raw().toBuffer({ resolveWithObject: true });
    const red = Array.from({ length: 200 * 200 }, (_, at) => data[at * info.channels] ?? 0).filter(
      (value) => value > 200,
    );
    // The whole disc: its radius is a fifth of the height.
    expect(red.length / (200 * 200)).toBeGreaterThan(Math.PI * 0.2 ** 2 * 0.95);
  });

  /** Stripes whose red says where they are, in eighths of the width. */
  const stripes = async (width: number, height: number): Promise<Uint8Array> => {
    const parts = Array.from(
      { length: 8 },
      (_, at) => `<rect x="${(at * width) / 8}" width="${width / 8}" height="${height}" fill="rgb(${at * 30},0,0)"/>`,
    );
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join("")}</svg>`;
    return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
  };

  it("shows exactly the part that was ordered, and nothing beside it", async () => {
    const bytes = await stripes(800, 400);
    const crop = { left: 300, top: 100, width: 300, height: 300 };
    const exported = await imaging.exportPicture({ ...picture({ width: 150, height: 150, crop }), bytes });
    const { data, info } = await sharp(exported.bytes).raw().toBuffer({ resolveWithObject: true });
    const redAt = (x: number) => data[(75 * info.width + x) * info.channels];
    expect([info.width, info.height]).toEqual([150, 150]);
    // In the middle of each stripe of 50 pixels, and at both edges.
    expect([0, 25, 75, 125, 149].map(redAt)).toEqual([90, 90, 120, 150, 150]);
  });

  it.each([
    ["wide", { width: 900, height: 300 }, { width: 200, height: 200 }],
    ["high", { width: 301, height: 903 }, { width: 120, height: 63 }],
  ])("shows of a %s picture the part that is found as drawing the eye", async (_, pixels, target) => {
    const bytes = await withDiscAtLeft(pixels.width, pixels.height);
    const crop = await imaging.findAttention({ bytes, pixels, target });
    const alone = await imaging.exportPicture({ ...picture(target), bytes });
    const ordered = await imaging.exportPicture({ ...picture({ ...target, crop }), bytes });
    const [one, other] = await Promise.all([alone, ordered].map((made) => sharp(made.bytes).raw().toBuffer()));
    const differences = [...(one ?? [])].map((value, index) => Math.abs(value - (other?.[index] ?? 255)));
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(1);
  });

  it.each(["JPG", "WEBP", "AVIF"] as const)(
    "in %s has at most the bytes that were ordered, at the best quality",
    async (format) => {
      const bytes = await noise(240, 160, "png");
      const free = await imaging.exportPicture({ ...picture({ format, width: 240, height: 160 }), bytes });
      const maxBytes = Math.round(free.bytes.length * 0.7);
      const bounded = await imaging.exportPicture({ ...picture({ format, width: 240, height: 160, maxBytes }), bytes });
      expect(bounded.bytes.length).toBeLessThanOrEqual(maxBytes);
      expect(bounded.quality).toBeLessThan(free.quality ?? 0);
      // One byte less than it took would have needed a lower quality, so no better one fits.
      const lower = await imaging.exportPicture({
        ...picture({ format, width: 240, height: 160, maxBytes: bounded.bytes.length - 1 }),
        bytes,
      });
      expect(lower.quality).toBeLessThan(bounded.quality ?? 0);
      const same = await imaging.exportPicture({
        ...picture({ format, width: 240, height: 160, maxBytes: bounded.bytes.length }),
        bytes,
      });
      expect(same.quality).toBe(bounded.quality);
    },
  );

  it("has the fewest bytes that it gets if the limit cannot be reached", async () => {
    const bytes = await noise(240, 160, "png");
    const exported = await imaging.exportPicture({
      ...picture({ format: "JPG", width: 240, height: 160, maxBytes: 10 }),
      bytes,
    });
    expect(exported.quality).toBe(40);
    expect(exported.bytes.length).toBeGreaterThan(10);
  });

  it.each(targets.map((target) => [target.id, target] as const))(
    "of the target %s is as its table says",
    async (_id, target) => {
      const bytes = await halfTransparent(2048, 2048);
      const plan = planExport(target, { name: "fox", pixels: { width: 2048, height: 2048 } }, "App");
      for (const [index, { picture: planned }] of plan.pictures.entries()) {
        const exported = await imaging.exportPicture({ ...planned, bytes });
        const wanted = target.files[index];
        expect(await read(exported.bytes)).toMatchObject({
          format: sharpNames[planned.format],
          width: wanted?.width ?? 2048,
          height: wanted?.height ?? wanted?.width ?? 2048,
          // It is opaque only if it has a background.
          hasAlpha: wanted?.background === undefined,
        });
        expect(exported.bytes.length).toBeLessThanOrEqual(wanted?.maxBytes ?? Number.POSITIVE_INFINITY);
      }
    },
  );

  /** The farthest pixel of the picture from the middle of a file, as a share of its side. */
  async function farthest(bytes: Uint8Array, isPicture: (pixel: readonly number[]) => boolean): Promise<number> {
    const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const distances = Array.from({ length: info.width * info.height }, (_, at) => {
      const [x, y] = [(at % info.width) + 0.5, Math.floor(at / info.width) + 0.5];
      const isInside = isPicture([...data.subarray(4 * at, 4 * at + 4)]);
      return isInside ? Math.hypot(x - info.width / 2, y - info.height / 2) : 0;
    });
    return distances.reduce((largest, distance) => Math.max(largest, distance), 0) / info.width;
  }

  it.each([
    ["pwa", "maskable", 0.8 / 2],
    ["favicon", "maskable", 0.8 / 2],
    ["android-adaptive", "ic_launcher_foreground", 66 / 108 / 2],
  ])(
    "of %s with “%s” in its name has the whole picture in the circle that no mask cuts off",
    async (id, name, radius) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect width="900" height="900" fill="#c02010"/></svg>`;
      const bytes = new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
      const target = targets.find((one) => one.id === id);
      const plans = target && planExport(target, { name: "fox", pixels: { width: 900, height: 900 } }, "App").pictures;
      const masked = plans?.filter(({ path }) => path.includes(name)) ?? [];
      expect(masked.length).toBeGreaterThan(0);
      for (const { picture: planned } of masked) {
        const exported = await imaging.exportPicture({ ...planned, bytes });
        const share = await farthest(exported.bytes, ([, green = 255, , alpha]) => alpha === 255 && green < 128);
        expect(share).toBeLessThanOrEqual(radius);
        // Not smaller than it has to be, but for one pixel on each side.
        expect(share).toBeGreaterThan(radius - (2 * Math.SQRT2) / (planned.width + 2 * planned.margin));
      }
    },
  );
});
