import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import sharp from "sharp";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { isProcessRunning } from "../../src/host/storage/isProcessRunning.ts";
import { createImaging, type Imaging } from "../../src/imaging/imaging.ts";
import { probe } from "../../src/imaging/probe.ts";
import { ImagingError, type ImagingOptions } from "../../src/imaging/processClient.ts";
import { pngClaimingSize } from "../support/faults/pictures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { halfTransparent, noise, opaqueWithAlpha, photoWithExif, photoWithOrientation } from "./pictures.ts";

const processPath = new URL("../../src/imaging/imagingProcess.ts", import.meta.url);
const imaging = createImaging({ processPath });
afterAll(() => imaging.dispose());

async function writePicture(bytes: Uint8Array): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  await writeFile(`${folder.path}/picture`, bytes);
  return `${folder.path}/picture`;
}

const generousLimits = { maxSide: 2048, maxBytes: 10_000_000 };
const svg = (inside: string, side = 64): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${inside}</svg>`;

test.each([
  ["a PNG with transparent parts", () => halfTransparent(200, 100), false],
  ["a PNG whose alpha channel is opaque everywhere", () => opaqueWithAlpha(200, 100, "png"), true],
  ["a WebP whose alpha channel is opaque everywhere", () => opaqueWithAlpha(200, 100, "webp"), true],
  ["a picture without an alpha channel", () => noise(200, 100, "jpeg"), true],
])("says whether a picture is opaque: %s", async (_, create, isOpaque) => {
  const bytes = await create();
  expect(await imaging.isOpaque({ bytes })).toBe(isOpaque);
  expect(await imaging.isOpaque({ file: await writePicture(bytes) })).toBe(isOpaque);
});

describe("shrink", () => {
  test("rotates a photo upright and removes its location", async () => {
    const bytes = await photoWithExif(640, 480);
    expect(Buffer.from(bytes).includes("Exif")).toBe(true);
    const small = await imaging.shrink({ bytes, ...generousLimits });
    const { exif, icc, xmp, iptc, orientation } = await sharp(small.bytes).metadata();
    expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
    expect(Buffer.from(small.bytes).includes("Exif")).toBe(false);
    expect(small).toMatchObject({ format: "JPG", width: 480, height: 640 });
    expect(probe(small.bytes)).toEqual({ format: "JPG", width: 480, height: 640 });
    // After a clockwise rotation the left half is on top.
    const { data } = await sharp(small.bytes)
      .extract({ left: 240, top: 40, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(150);
  });

  test("reduces the long side to the limit and enlarges no picture", async () => {
    const large = await imaging.shrink({ bytes: await noise(900, 300, "webp"), maxSide: 450, maxBytes: 10_000_000 });
    expect(large).toMatchObject({ format: "JPG", width: 450, height: 150 });
    const small = await imaging.shrink({ bytes: await noise(90, 30, "jpeg"), ...generousLimits });
    expect(small).toMatchObject({ width: 90, height: 30 });
  });

  test("keeps PNG and transparency as PNG", async () => {
    const { bytes, format } = await imaging.shrink({ bytes: await halfTransparent(200, 100), ...generousLimits });
    expect(format).toBe("PNG");
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
    const webp = new Uint8Array(
      await sharp(await halfTransparent(200, 100))
        .webp()
        .toBuffer(),
    );
    expect((await imaging.shrink({ bytes: webp, ...generousLimits })).format).toBe("PNG");
    const opaque = await opaqueWithAlpha(200, 100, "webp");
    expect((await imaging.shrink({ bytes: opaque, ...generousLimits })).format).toBe("JPG");
  });

  test("falls back to JPEG on white if a PNG is too large", async () => {
    const [noisy, clear] = [await noise(400, 400, "png"), await halfTransparent(400, 400)];
    const both = new Uint8Array(
      await sharp(clear)
        .composite([{ input: Buffer.from(noisy), blend: "in" }])
        .png()
        .toBuffer(),
    );
    const { bytes, format } = await imaging.shrink({ bytes: both, maxSide: 400, maxBytes: 120_000 });
    expect(format).toBe("JPG");
    expect(bytes.length).toBeLessThanOrEqual(120_000);
    const right = await sharp(bytes).extract({ left: 350, top: 200, width: 1, height: 1 }).raw().toBuffer();
    expect(Math.min(...right)).toBeGreaterThan(245);
  });

  test("reduces the dimensions last, and rejects if that is not enough", async () => {
    const bytes = await noise(600, 600, "jpeg");
    const tiny = await imaging.shrink({ bytes, maxSide: 600, maxBytes: 20_000 });
    expect(tiny.bytes.length).toBeLessThanOrEqual(20_000);
    expect(tiny.width).toBeLessThan(600);
    await expect(imaging.shrink({ bytes, maxSide: 600, maxBytes: 10 })).rejects.toThrow(/small enough/);
  });

  test.each(["png", "jpeg", "webp"] as const)("rejects a truncated %s", async (format) => {
    const bytes = await noise(300, 300, format);
    const request = imaging.shrink({ bytes: bytes.slice(0, bytes.length / 2), ...generousLimits });
    await expect(request).rejects.toThrow("This picture is cut off or damaged");
  });

  test("rejects text, including SVG", async () => {
    const bytes = new TextEncoder().encode(svg("<rect/>"));
    await expect(imaging.shrink({ bytes, ...generousLimits })).rejects.toThrow("not a PNG, JPEG or WebP picture");
    await expect(imaging.preview({ bytes, side: 64 })).rejects.toBeInstanceOf(ImagingError);
  });

  test("rejects a picture with too many pixels", async () => {
    const sheet = sharp({ create: { width: 16_000, height: 8_000, channels: 3, background: "#fff" } });
    const bytes = new Uint8Array(await sheet.png().toBuffer());
    await expect(imaging.shrink({ bytes, ...generousLimits })).rejects.toThrow("megapixels");
  });

  test("does not decompress a small file that claims huge dimensions", async () => {
    const bomb = pngClaimingSize(60_000, 60_000);
    expect(bomb.length).toBeLessThan(1000);
    await expect(imaging.preview({ bytes: bomb, side: 64 })).rejects.toThrow("megapixels");
    expect(await imaging.preview({ bytes: await noise(90, 30, "png"), side: 64 })).toMatchObject({ width: 64 });
  });

  test("does not change the caller's bytes", async () => {
    const bytes = await noise(50, 50, "jpeg");
    await imaging.shrink({ bytes, ...generousLimits });
    expect(probe(bytes)).toMatchObject({ width: 50 });
  });
});

describe("preview", () => {
  test("returns an upright WebP without metadata that fits into its square", async () => {
    const { bytes, ...facts } = await imaging.preview({ bytes: await photoWithExif(640, 480), side: 128 });
    expect(facts).toEqual({ format: "WEBP", width: 96, height: 128 });
    expect(probe(bytes)).toEqual(facts);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  test.each(["png", "jpeg", "webp"] as const)("returns the same for a %s file as for its bytes", async (format) => {
    const bytes = await photoWithOrientation(300, 200, format, 6);
    const file = await writePicture(bytes);
    expect(await imaging.preview({ file, side: 64 })).toEqual(await imaging.preview({ bytes, side: 64 }));
  });

  test("returns the same for colours and greys with an opaque alpha channel as without", async () => {
    const [coloured, grey] = [
      sharp(await noise(60, 40, "png")),
      sharp(await noise(60, 40, "png")).toColourspace("b-w"),
    ];
    for (const [picture, channels] of [
      [coloured, 3],
      [grey, 1],
    ] as const) {
      const withAlpha = new Uint8Array(await picture.clone().ensureAlpha().png().toBuffer());
      const plain = new Uint8Array(await picture.clone().png().toBuffer());
      expect((await sharp(plain).metadata()).channels).toBe(channels);
      expect((await sharp(withAlpha).metadata()).channels).toBe(channels + 1);
      const expected = await imaging.preview({ bytes: withAlpha, side: 64 });
      expect(await imaging.preview({ bytes: plain, side: 64 })).toEqual(expected);
    }
  });

  test("rejects a file that is missing, truncated, or not a picture", async () => {
    const picture = await noise(300, 300, "png");
    const truncated = await writePicture(picture.slice(0, picture.length / 2));
    const text = await writePicture(new TextEncoder().encode(svg("<rect/>")));
    const preview = (file: string) => imaging.preview({ file, side: 64 });
    await expect(preview(truncated)).rejects.toThrow("cut off or damaged");
    await expect(preview(`${truncated}.missing`)).rejects.toThrow("cut off or damaged");
    await expect(preview(text)).rejects.toThrow("not a PNG");
  });
});

describe("draw", () => {
  test("draws layers in order with the exact size", async () => {
    const red = svg('<rect width="64" height="64" fill="#f00"/>');
    const picture = new Uint8Array(
      await sharp({ create: { width: 30, height: 10, channels: 3, background: "#00f" } })
        .png()
        .toBuffer(),
    );
    const { bytes } = await imaging.draw({
      width: 64,
      height: 64,
      format: "PNG",
      quality: 90,
      layers: [
        { kind: "svg", svg: red },
        { kind: "picture", bytes: picture, box: { left: 10, top: 20, width: 32, height: 32 }, radius: 8 },
        { kind: "svg", svg: svg('<circle cx="26" cy="36" r="5" fill="#0f0"/>') },
      ],
    });
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number): number[] => [...data.subarray((y * 64 + x) * info.channels).subarray(0, 3)];
    expect([info.width, info.height, info.channels]).toEqual([64, 64, 3]);
    expect([at(2, 2), at(10, 20), at(36, 36), at(26, 36)]).toEqual([
      [255, 0, 0],
      [255, 0, 0],
      [0, 0, 255],
      [0, 255, 0],
    ]);
  });

  test("rejects an SVG layer that claims to be a raster image", async () => {
    const bytes = new TextEncoder().encode(svg("<rect/>"));
    const box = { left: 0, top: 0, width: 8, height: 8 };
    const layers = [{ kind: "picture", bytes, box, radius: 0 }] as const;
    await expect(imaging.draw({ width: 8, height: 8, format: "PNG", quality: 90, layers })).rejects.toThrow(
      "not a PNG",
    );
  });
});

describe("The image process", () => {
  /** A client whose timers elapse only when `elapse` is called. */
  function watched({
    maxRequests,
    isMemoryTight = () => false,
  }: Pick<ImagingOptions, "maxRequests" | "isMemoryTight">) {
    const events: string[] = [];
    const waiting: (() => void)[] = [];
    const timers: { readonly ms: number; readonly elapse: () => void }[] = [];
    const client = createImaging({
      processPath,
      isMemoryTight,
      ...(maxRequests === undefined ? {} : { maxRequests }),
      startTimer(ms, elapse) {
        const timer = { ms, elapse };
        timers.push(timer);
        return { cancel: () => timers.splice(timers.indexOf(timer), 1) };
      },
      onProcessEvent(event) {
        events.push(event);
        if (event === "end") for (const resolve of waiting.splice(0)) resolve();
      },
    });
    onTestFinished(() => client.dispose());
    return {
      client,
      events,
      timers: () => timers.map(({ ms }) => ms),
      elapse: () => timers.shift()?.elapse(),
      ended: () => new Promise<void>((resolve) => waiting.push(resolve)),
    };
  }

  test("starts with the first request and ends when idle; the next request starts a new one", async () => {
    const { client, events, timers, elapse, ended } = watched({});
    expect(events).toEqual([]);
    const bytes = await noise(20, 20, "jpeg");
    await client.preview({ bytes, side: 10 });
    expect(timers()).toEqual([5000]);
    const over = ended();
    elapse();
    await over;
    expect(events).toEqual(["start", "end"]);
    expect(await client.preview({ bytes, side: 10 })).toMatchObject({ width: 10 });
    expect(events).toEqual(["start", "end", "start"]);
  });

  test("ends sooner if memory is tight", async () => {
    const { client, timers } = watched({ isMemoryTight: () => true });
    await client.preview({ bytes: await noise(20, 20, "jpeg"), side: 10 });
    expect(timers()).toEqual([500]);
  });

  test("does not end while a request is running", async () => {
    const { client, events, timers } = watched({});
    const bytes = await noise(20, 20, "jpeg");
    await client.preview({ bytes, side: 10 });
    const second = client.preview({ bytes, side: 10 });
    expect(timers()).toEqual([]);
    await second;
    expect(timers()).toEqual([5000]);
    expect(events).toEqual(["start"]);
  });

  test("starts before a request that is announced, once, and ends if none comes", async () => {
    const { client, events, timers, elapse, ended } = watched({});
    client.prepare();
    client.prepare();
    expect(events).toEqual(["start"]);
    expect(timers()).toEqual([5000]);
    await client.preview({ bytes: await noise(20, 20, "jpeg"), side: 10 });
    expect(events).toEqual(["start"]);
    const over = ended();
    elapse();
    await over;
    client.prepare();
    expect(events).toEqual(["start", "end", "start"]);
  });

  test("is replaced after its maximum number of requests, but never during a request", async () => {
    const { client, events, ended } = watched({ maxRequests: 2 });
    const bytes = await noise(20, 20, "jpeg");
    const over = ended();
    const all = await Promise.all([1, 2, 3, 4, 5].map((side) => client.preview({ bytes, side })));
    await over;
    expect(all.map(({ width }) => width)).toEqual([1, 2, 3, 4, 5]);
    expect(events).toEqual(["start", "end"]);
  });

  test.runIf(availableParallelism() > 1)(
    "has a second one for exports that would wait, unless memory is tight",
    async () => {
      const bytes = await noise(20, 20, "jpeg");
      const exportOne = (client: Imaging) =>
        client.exportPicture({ bytes, width: 10, height: 10, margin: 0, format: "PNG" });
      const { client, events } = watched({});
      await exportOne(client);
      await exportOne(client);
      expect(events).toEqual(["start"]);
      const sizes = await Promise.all([1, 2, 3, 4].map(() => exportOne(client)));
      expect(sizes.map(({ width }) => width)).toEqual([10, 10, 10, 10]);
      expect(events).toEqual(["start", "start"]);
      const tight = watched({ isMemoryTight: () => true });
      await Promise.all([1, 2, 3].map(() => exportOne(tight.client)));
      expect(tight.events).toEqual(["start"]);
    },
  );

  test("rejects running and later requests after dispose", async () => {
    const { client, events } = watched({});
    const pending = client.preview({ bytes: await noise(20, 20, "jpeg"), side: 10 });
    const refused = expect(pending).rejects.toThrow("shutting down");
    await client.dispose();
    await refused;
    await expect(client.preview({ bytes: new Uint8Array(), side: 1 })).rejects.toThrow("shutting down");
    client.prepare();
    expect(events).toEqual(["start", "end"]);
  });

  test.each(["crashingProcess.ts", "missingProcess.ts"])("rejects its requests with a message: %s", async (name) => {
    const client = createImaging({ processPath: new URL(name, import.meta.url) });
    const request = client.preview({ bytes: new Uint8Array(), side: 1 });
    await expect(request).rejects.toThrow("stopped unexpectedly");
    await expect(client.preview({ bytes: new Uint8Array(), side: 1 })).rejects.toThrow("stopped unexpectedly");
    await client.dispose();
  });

  test("optimizes its code for exports only, which have their own process", async () => {
    const client = createImaging({ processPath: new URL("environmentProcess.ts", import.meta.url) });
    onTestFinished(() => client.dispose());
    const wordsOf = async (request: Promise<unknown>) => {
      const error: unknown = await request.catch((reason: unknown) => reason);
      return error instanceof ImagingError ? String(error.cause).split(",") : [];
    };
    const bytes = new Uint8Array();
    const exported = await wordsOf(client.exportPicture({ bytes, width: 1, height: 1, margin: 0, format: "PNG" }));
    expect(exported).toContain("--optimize-code");
    const preview = await wordsOf(client.preview({ bytes, side: 1 }));
    expect(preview).toContain("PATH");
    expect(preview).not.toContain("--optimize-code");
  });

  test("gets no variable that may be secret", async () => {
    vi.stubEnv("RUNWARE_API_KEY", "secret");
    vi.stubEnv("NODE_OPTIONS", "--title=limn");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const client = createImaging({ processPath: new URL("environmentProcess.ts", import.meta.url) });
    onTestFinished(() => client.dispose());
    const error: unknown = await client
      .preview({ bytes: new Uint8Array(), side: 1 })
      .catch((reason: unknown) => reason);
    const names = error instanceof ImagingError ? String(error.cause).split(",") : [];
    expect(names).toEqual(expect.arrayContaining(["PATH", "ELECTRON_RUN_AS_NODE"]));
    expect(names).not.toContain("RUNWARE_API_KEY");
    expect(names).not.toContain("NODE_OPTIONS");
  });

  test("ends when its parent crashes", async () => {
    const parent = fork(new URL("parentProcess.ts", import.meta.url), { execArgv: [], stdio: "pipe" });
    const [pid]: unknown[] = await once(parent, "message");
    parent.kill("SIGKILL");
    await expect.poll(() => isProcessRunning(Number(pid))).toBe(false);
  });
});
