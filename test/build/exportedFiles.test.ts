import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root, sampleFolder } from "../../scripts/paths.ts";
import { cropAround } from "../../src/core/targets/crop.ts";
import { type PlannedPicture, planExport } from "../../src/core/targets/exportPlan.ts";
import { encodeIco } from "../../src/core/targets/ico.ts";
import { type ExportFormat, exportFormats } from "../../src/core/targets/target.ts";
import { targets } from "../../src/core/targets/targets.ts";
import { createImaging } from "../../src/imaging/imaging.ts";
import { halfTransparent } from "../imaging/pictures.ts";
import { sharedChromium } from "../support/chromium.ts";

// The image process as it is packaged, with sharp as WebAssembly.
const imaging = createImaging({ processPath: join(root, "dist/imaging-process.js") });
const bytes = new Uint8Array(await readFile(join(sampleFolder, "images/ridge.jpg")));
const source = { width: 1600, height: 1067 };
const wanted = { width: 1200, height: 630 };
const crop = cropAround(source, wanted, { x: 0.5, y: 0.5 });
const types: Readonly<Record<ExportFormat, string>> = { PNG: "png", JPG: "jpeg", WEBP: "webp", AVIF: "avif" };

/** Red, green and blue of all pixels. */
const rawPixels = (picture: Sharp): Promise<Uint8Array> => picture.removeAlpha().raw().toBuffer();

/** The peak signal-to-noise ratio of two pictures in decibels; from 40 on they look the same. */
function signalToNoise(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length);
  const squares = one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0);
  return squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(255 ** 2 / (squares / one.length));
}

/** What native sharp makes of the same part of the picture. */
const native = (): Sharp =>
  sharp(bytes)
    .extract({ ...crop })
    .resize({ ...wanted, fit: "fill", kernel: "lanczos3" });

const exported = (format: ExportFormat, changes: Partial<PlannedPicture> = {}) =>
  imaging.exportPicture({ ...wanted, margin: 0, format, crop, bytes, ...changes });

let page: Page;
beforeAll(async () => {
  page = await (await sharedChromium()).newPage();
});
afterAll(async () => {
  await page.close();
  await imaging.dispose();
});

/** A file as Chromium decodes it, as a PNG, which loses nothing. */
async function decodedInChromium(file: Uint8Array, type: string): Promise<Sharp> {
  const data = `data:image/${type};base64,${Buffer.from(file).toString("base64")}`;
  const png = await page.evaluate(async (link) => {
    const image = new Image();
    image.src = link;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    return canvas.toDataURL("image/png");
  }, data);
  return sharp(Buffer.from(png.slice(png.indexOf(",") + 1), "base64"));
}

describe("What the packaged image process exports", () => {
  it("has the pixels that native sharp makes, neither sharper nor softer", async () => {
    const { bytes: png } = await exported("PNG");
    expect(signalToNoise(await rawPixels(sharp(png)), await rawPixels(native()))).toBeGreaterThan(50);
  });

  it.each(exportFormats)("in %s loses no more than native sharp, and Chromium shows it so", async (format) => {
    const { bytes: file, quality = 100 } = await exported(format);
    const encoders: Readonly<Record<ExportFormat, (picture: Sharp) => Sharp>> = {
      PNG: (picture) => picture.png(),
      JPG: (picture) => picture.jpeg({ quality, mozjpeg: true }),
      WEBP: (picture) => picture.webp({ quality, effort: 4 }),
      AVIF: (picture) => picture.avif({ quality, effort: 1 }),
    };
    const reference = await rawPixels(native());
    const ofNative = await rawPixels(sharp(await encoders[format](native()).toBuffer()));
    const shown = await rawPixels(await decodedInChromium(file, types[format]));
    // A limit, because both may lose nothing.
    const decibels = (pixels: Uint8Array) => Math.min(60, signalToNoise(pixels, reference));
    expect(decibels(shown)).toBeGreaterThan(decibels(ofNative) - 1);
  });

  it.each(["PNG", "WEBP", "AVIF"] as const)("in %s is as transparent in Chromium as the image", async (format) => {
    const size = { width: 121, height: 75 };
    const image = await halfTransparent(242, 150);
    const { bytes: file } = await imaging.exportPicture({ ...size, margin: 0, format, bytes: image });
    const decoded = await decodedInChromium(file, types[format]);
    const { data, info } = await decoded.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject(size);
    const pixel = (x: number, y: number) => [...data.subarray(4 * (y * info.width + x)).subarray(0, 4)];
    // The left half is #208040, the right one is clear. Compression changes a colour a little.
    for (const y of [0, 37, 74]) {
      for (const x of [0, 30, 57]) {
        const differences = pixel(x, y).map((value, index) => Math.abs(value - ([0x20, 0x80, 0x40, 255][index] ?? 0)));
        expect(Math.max(...differences), `${pixel(x, y)} at ${x}, ${y}`).toBeLessThanOrEqual(8);
      }
      for (const x of [63, 90, 120]) expect(pixel(x, y)[3], `alpha at ${x}, ${y}`).toBe(0);
    }
  });
});

describe("The favicon set on a page", () => {
  const files = new Map<string, { readonly type: string; readonly body: Uint8Array }>();
  let server: Server;
  let origin = "";

  beforeAll(async () => {
    const target = targets.find(({ id }) => id === "favicon");
    if (target === undefined) throw new Error("There is no favicon set.");
    const plan = planExport(target, { name: "logo", pixels: source }, "Ostrel Hut");
    const make = async (picture: PlannedPicture) => (await imaging.exportPicture({ ...picture, bytes })).bytes;
    for (const { path, picture } of plan.pictures) files.set(path, { type: "image/png", body: await make(picture) });
    const entries: { side: number; png: Uint8Array }[] = [];
    for (const picture of plan.icon?.pictures ?? []) entries.push({ side: picture.width, png: await make(picture) });
    files.set("favicon.ico", { type: "image/x-icon", body: encodeIco(entries) });
    for (const { path, content } of plan.texts)
      files.set(path, { type: "application/manifest+json", body: Buffer.from(content) });
    const head = (target.htmlLines ?? []).join("\n");
    files.set("", {
      type: "text/html",
      body: Buffer.from(`<!doctype html><html lang="en"><head>${head}</head></html>`),
    });
    server = createServer(({ url = "/" }, response) => {
      const file = files.get(url.slice(1));
      response.writeHead(file === undefined ? 404 : 200, file && { "Content-Type": file.type }).end(file?.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    await page.goto(`${origin}/`);
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it("has lines for the head whose files exist, with the pixels that they name", async () => {
    const links = await page.$$eval("link", (elements) =>
      elements.map(({ rel, href, sizes }) => ({ rel, href, sizes: sizes.value })),
    );
    expect(links.map(({ rel }) => rel)).toEqual(["icon", "apple-touch-icon", "manifest"]);
    for (const { href } of links) {
      expect(files.has(new URL(href).pathname.slice(1)), href).toBe(true);
    }
    const sizeOf = (path: string) =>
      page.evaluate(async (link) => {
        const image = new Image();
        image.src = link;
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      }, `/${path}`);
    expect(await sizeOf("apple-touch-icon.png")).toEqual([180, 180]);
    // A browser that shows an ICO file as a picture takes the largest.
    expect(await sizeOf("favicon.ico")).toEqual([48, 48]);
  });

  it("has a manifest that Chromium reads without an error, and icons of the sizes in it", async () => {
    const session = await page.context().newCDPSession(page);
    const { errors, data, url } = await session.send("Page.getAppManifest");
    expect([errors, url]).toEqual([[], `${origin}/site.webmanifest`]);
    const { icons, name }: { name: string; icons: { src: string; sizes: string; purpose: string }[] } = JSON.parse(
      data ?? "",
    );
    expect(name).toBe("Ostrel Hut");
    expect(icons.map(({ purpose }) => purpose)).toContain("maskable");
    for (const { src, sizes } of icons) {
      const { width, height } = await sharp(files.get(src.slice(1))?.body).metadata();
      expect(`${width}x${height}`).toBe(sizes);
    }
  });
});
