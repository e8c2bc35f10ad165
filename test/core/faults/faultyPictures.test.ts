import { readFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import type { ProxyAction } from "../../support/faultProxy.ts";
import { hugePicture, pngClaimingSize } from "../../support/faults/pictures.ts";
import {
  createJobRequest,
  fileName,
  isArchive,
  isDownload,
  isPoll,
  neverAborted,
  onEvery,
  onFirst,
  readBytes,
  respondWith,
  setUp,
} from "../support/setUp.ts";

const inline = ["base64Data", "dataURI"] as const;

/** Changes the base64 picture inside an answer. */
const repaintInline = (repaint: (picture: Buffer) => Uint8Array): ProxyAction => ({
  change: (body) =>
    body.replaceAll(/("imageBase64Data":"|base64,)([A-Za-z0-9+/=]+)"/g, (_, before: string, base64: string) => {
      const picture = repaint(Buffer.from(base64, "base64"));
      return `${before}${Buffer.from(picture).toString("base64")}"`;
    }),
});

const damages: readonly (readonly [string, (picture: Buffer) => Uint8Array])[] = [
  ["cut off", (picture) => picture.subarray(0, 3000)],
  ["HTML", () => Buffer.from("<!doctype html>")],
  ["a picture that claims 60,000 × 60,000 pixels", () => pngClaimingSize(60_000, 60_000)],
];

describe("A damaged picture inside an answer", () => {
  const rows = inline.flatMap((outputType) => damages.map(([name, repaint]) => ({ outputType, name, repaint })));

  test.each(rows)(
    "($name, $outputType) is replaced by the one in the archive's answer",
    async ({ outputType, repaint }) => {
      const { faultProxy, buy } = await setUp();
      faultProxy.setRule(onEvery(repaintInline(repaint), isPoll));
      const { files, job } = await buy({ outputType });
      expect(files).toHaveLength(1);
      expect(job.pictures[0]).not.toHaveProperty("problem");
    },
  );

  test.each(rows)(
    "($name, $outputType) that is damaged in the archive too arrives with a later Check Again",
    async ({ outputType, repaint }) => {
      const { faultProxy, environment, jobs, buy, sandbox } = await setUp();
      faultProxy.setRule(onEvery(repaintInline(repaint), isPoll, isArchive));
      const { files, job } = await buy({ outputType });
      expect([files, isUnfinished(job), await environment.listFolder("vault")]).toEqual([[], true, []]);
      expect(job.pictures[0]?.problem).toMatch(
        /incomplete|not a picture|60000 × 60000 pixels, far more than any model makes/,
      );
      faultProxy.setRule(() => undefined);
      expect((await jobs.checkAgain(job.taskUUID, neverAborted)).files).toHaveLength(1);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );
});

describe("An image in a format that Limn cannot show", () => {
  const formats = [
    ["GIF", "gif", "GIF89a-and-all-that-follows"],
    ["AVIF", "avif", "\0\0\0\x20ftypavif-and-all-that-follows"],
    ["HEIC", "heic", "\0\0\0\x20ftypheic-and-all-that-follows"],
    ["TIFF", "tif", "II*\0-and-all-that-follows"],
    ["BMP", "bmp", "BM\x40\0\0\0\0\0\0\0-and-all-that-follows"],
    ["JPEG XL", "jxl", "\0\0\0\x0cJXL \r\n\x87\n-and-all-that-follows"],
  ] as const;
  const rows = formats.flatMap((format) =>
    (["URL", "base64Data"] as const).map((outputType) => [...format, outputType] as const),
  );

  test.each(rows)(
    "(%s) is stored unchanged, since it is paid for, and kept as .%s",
    async (name, extension, text, outputType) => {
      const { faultProxy, environment, buy, jobs, sandbox } = await setUp();
      const bytes = Buffer.from(text, "latin1");
      faultProxy.setRule(
        outputType === "URL"
          ? onEvery({ changePicture: () => bytes }, isDownload)
          : onEvery(
              repaintInline(() => bytes),
              isPoll,
            ),
      );
      const { files, job } = await buy({ outputType });
      expect(files.map(fileName)).toEqual([`lighthouse.${extension}`]);
      expect(await readBytes(files[0] ?? "")).toEqual(bytes);
      expect(job.pictures).toMatchObject([
        { otherFormat: name, file: expect.stringMatching(new RegExp(`\\.${extension}$`)) },
      ]);
      expect(isUnfinished(job)).toBe(false);
      expect(await environment.listFolder("vault")).toHaveLength(1);
      const again = await jobs.checkAgain(job.taskUUID, neverAborted);
      expect(again.files).toEqual(files);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );
});

describe("An expired link", () => {
  const expired = respondWith("", 404);
  const renewed = (body: string) => body.replaceAll(".jpg", ".jpg?renewed");
  const isOld = (path: string) => !path.endsWith("?renewed");

  test("is replaced by the link of a later poll", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule((request) => {
      if (isDownload(request)) {
        return isOld(request.path) ? expired : undefined;
      }
      if (!isPoll(request)) {
        return undefined;
      }
      // The first polls report only one picture, so that the job keeps running.
      const hide = (body: string) => {
        const { data }: { data: readonly unknown[] } = JSON.parse(body);
        return JSON.stringify({ data: data.slice(0, 1) });
      };
      return { change: request.precedingCount < 5 ? hide : renewed };
    });
    const { files, job } = await buy({ count: 2 });
    expect(files).toHaveLength(2);
    expect(job.pictures.flatMap(({ problem }) => problem ?? [])).toEqual([]);
    expect(faultProxy.requests.filter(isArchive)).toEqual([]);
  });

  test("is replaced by the link of the archive", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule((request) => {
      if (isDownload(request)) {
        return isOld(request.path) ? expired : undefined;
      }
      return isArchive(request) ? { change: renewed } : undefined;
    });
    expect((await buy()).files).toHaveLength(1);
  });

  test("that is never replaced is reported, and downloaded again only after Check Again", async () => {
    const { faultProxy, jobs, buy, sandbox } = await setUp();
    faultProxy.setRule(onEvery(expired, isDownload));
    const { files, job } = await buy();
    expect(files).toEqual([]);
    expect(isUnfinished(job)).toBe(true);
    expect(job.pictures[0]?.problem).toContain("404");
    expect(faultProxy.requests.filter(isDownload)).toHaveLength(4);
    const again = await jobs.checkAgain(job.taskUUID, neverAborted);
    expect(again.files).toEqual([]);
    expect(faultProxy.requests.filter(isDownload)).toHaveLength(8);
    faultProxy.setRule(() => undefined);
    expect((await jobs.checkAgain(job.taskUUID, neverAborted)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});

describe("A picture", () => {
  test("of another size than requested is saved, and the job records its real size", async () => {
    const { faultProxy, buy } = await setUp();
    const hut = await readFile(new URL("../../sample/images/hut.png", import.meta.url));
    faultProxy.setRule(onEvery({ changePicture: () => hut }, isDownload));
    const { files, job } = await buy({ format: "PNG" });
    expect(files).toHaveLength(1);
    const { width, height } = job.pictures[0] ?? {};
    expect([width, height]).toEqual([hut.readUInt32BE(16), hut.readUInt32BE(20)]);
    expect(job.request.shape).not.toEqual({ width, height });
  });

  test.each([
    ["that announces 500 MB", 2, { "content-length": "500000000" }],
    ["of 500 MB that announces nothing", 110, {}],
  ])("%s is not read to the end", async (_, most, headers) => {
    const { faultProxy, buy } = await setUp();
    let parts = 0;
    const body = () => hugePicture(() => parts++);
    faultProxy.setRule((request) =>
      isDownload(request) ? { answer: { status: 200, body: body(), headers } } : undefined,
    );
    const { job } = await buy();
    expect(job.pictures[0]?.problem).toContain("larger than 100 MB");
    expect(parts).toBeLessThan(most + 10);
    expect(faultProxy.requests.filter(isDownload)).toHaveLength(1);
  });

  test("from a busy server is requested again after its Retry-After", async () => {
    const { faultProxy, environment, buy } = await setUp();
    faultProxy.setRule(onFirst(1, isDownload, respondWith("", 429, { "retry-after": "45" })));
    expect((await buy()).files).toHaveLength(1);
    expect(environment.pauses).toContain(45_000);
  });

  test("of a new job arrives while downloads of another job hang or wait for a retry", async () => {
    const { faultProxy, environment } = await setUp();
    const hanging = Promise.withResolvers<void>();
    const stalled: (() => void)[] = [];
    const held = new Set<string>();
    faultProxy.setRule((request) => {
      if (!isDownload(request) || (held.size >= 4 && !held.has(request.path))) {
        return undefined;
      }
      held.add(request.path);
      return { holdUntil: hanging.promise };
    });
    const jobs = await environment.openWindow({
      ...environment.ports,
      timer(ms, ring) {
        if (ms < 20_000) {
          stalled.push(ring);
        }
        return environment.ports.timer(ms, ring);
      },
    });
    const others = await jobs.start(createJobRequest(environment, { count: 4 }), neverAborted);
    await vi.waitUntil(() => held.size === 4);
    const bought = jobs.buy(createJobRequest(environment, { prompt: "Another" }), neverAborted);
    await vi.waitUntil(() =>
      jobs.journal.list().some(({ request, pictures }) => request.count === 1 && pictures.length === 1),
    );
    expect(faultProxy.requests.filter(isDownload)).toHaveLength(4);
    for (const ring of stalled) {
      ring();
    }
    expect((await bought).files).toHaveLength(1);
    hanging.resolve();
    expect((await others.outcome).files).toHaveLength(4);
  });

  test("queued behind other downloads does not delay Stop Waiting", async () => {
    const { faultProxy, environment, jobs } = await setUp();
    const gate = Promise.withResolvers<void>();
    faultProxy.setRule((request) => (isDownload(request) ? { holdUntil: gate.promise } : undefined));
    const others = await jobs.start(createJobRequest(environment, { count: 4 }), neverAborted);
    await vi.waitUntil(() => faultProxy.requests.filter(isDownload).length === 4);
    const waiting = await jobs.start(createJobRequest(environment), neverAborted);
    await vi.waitUntil(() => jobs.journal.get(waiting.id)?.pictures.length === 1);
    jobs.stop(waiting.id);
    await expect(waiting.outcome).rejects.toMatchObject({ kind: "stopped" });
    expect(faultProxy.requests.filter(isDownload)).toHaveLength(4);
    gate.resolve();
    expect((await others.outcome).files).toHaveLength(4);
    expect((await jobs.checkAgain(waiting.id, neverAborted)).files).toHaveLength(1);
  });
});
