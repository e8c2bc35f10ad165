import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test, vi } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import type { ProxyAction } from "../../support/faultProxy.ts";
import { hugePicture, pngClaimingSize } from "../../support/faults/pictures.ts";
import { createSheets } from "../support/plainPictures.ts";
import {
  bytesAt,
  every,
  first,
  isArchive,
  isDownload,
  isPoll,
  nameOf,
  never,
  openHouse,
  order,
  says,
} from "../support/setUp.ts";

const sheets = createSheets();
afterAll(() => sheets.dispose());

const inline = ["base64Data", "dataURI"] as const;

/** Changes the picture that lies within an answer, in base64. */
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

describe("A picture within an answer that is damaged there", () => {
  const rows = inline.flatMap((outputType) => damages.map(([name, repaint]) => ({ outputType, name, repaint })));

  test.each(rows)("once ($name, $outputType) is taken from the archive's answer", async ({ outputType, repaint }) => {
    const { front, buy } = await openHouse({ imaging: sheets });
    front.setRule(every(repaintInline(repaint), isPoll));
    const { files, job } = await buy({ outputType });
    expect(files).toHaveLength(1);
    expect(job.pictures[0]).not.toHaveProperty("problem");
  });

  test.each(rows)("always ($name, $outputType) is had when it is mended", async ({ outputType, repaint }) => {
    const { front, world, jobs, buy, sandbox } = await openHouse({ imaging: sheets });
    front.setRule(every(repaintInline(repaint), isPoll, isArchive));
    const { files, job } = await buy({ outputType });
    expect([files, isUnfinished(job), await world.names("vault")]).toEqual([[], true, []]);
    expect(job.pictures[0]?.problem).toMatch(
      /incomplete|not a picture|60000 × 60000 pixels, far more than any model makes/,
    );
    front.setRule(() => undefined);
    expect((await jobs.checkAgain(job.taskUUID, never)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
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
    "(%s) is paid for, so it is stored as it came and kept as .%s",
    async (name, extension, text, outputType) => {
      const { front, world, buy, jobs, sandbox } = await openHouse({ imaging: sheets });
      const bytes = Buffer.from(text, "latin1");
      front.setRule(
        outputType === "URL"
          ? every({ changePicture: () => bytes }, isDownload)
          : every(
              repaintInline(() => bytes),
              isPoll,
            ),
      );
      const { files, job } = await buy({ outputType });
      expect(files.map(nameOf)).toEqual([`lighthouse.${extension}`]);
      expect(await bytesAt(files[0] ?? "")).toEqual(bytes);
      expect(job.pictures).toMatchObject([
        { otherFormat: name, file: expect.stringMatching(new RegExp(`\\.${extension}$`)) },
      ]);
      expect(isUnfinished(job)).toBe(false);
      expect(await world.names("vault")).toHaveLength(1);
      const again = await jobs.checkAgain(job.taskUUID, never);
      expect(again.files).toEqual(files);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );
});

describe("A link that has expired", () => {
  const expired = says("", 404);
  const renewed = (body: string) => body.replaceAll(".jpg", ".jpg?renewed");
  const isOld = (path: string) => !path.endsWith("?renewed");

  test("is renewed by a later poll", async () => {
    const { front, buy } = await openHouse({ imaging: sheets });
    front.setRule((seen) => {
      if (isDownload(seen)) {
        return isOld(seen.path) ? expired : undefined;
      }
      if (!isPoll(seen)) {
        return undefined;
      }
      // The first polls tell of one picture only, so that the job goes on.
      const hide = (body: string) => {
        const { data }: { data: readonly unknown[] } = JSON.parse(body);
        return JSON.stringify({ data: data.slice(0, 1) });
      };
      return { change: seen.precedingCount < 5 ? hide : renewed };
    });
    const { files, job } = await buy({ count: 2 });
    expect(files).toHaveLength(2);
    expect(job.pictures.flatMap(({ problem }) => problem ?? [])).toEqual([]);
    expect(front.requests.filter(isArchive)).toEqual([]);
  });

  test("is renewed by the archive", async () => {
    const { front, buy } = await openHouse({ imaging: sheets });
    front.setRule((seen) => {
      if (isDownload(seen)) {
        return isOld(seen.path) ? expired : undefined;
      }
      return isArchive(seen) ? { change: renewed } : undefined;
    });
    expect((await buy()).files).toHaveLength(1);
  });

  test("and is never renewed is told, waits for another check, and is not asked for without end", async () => {
    const { front, jobs, buy, sandbox } = await openHouse({ imaging: sheets });
    front.setRule(every(expired, isDownload));
    const { files, job } = await buy();
    expect(files).toEqual([]);
    expect(isUnfinished(job)).toBe(true);
    expect(job.pictures[0]?.problem).toContain("404");
    expect(front.requests.filter(isDownload)).toHaveLength(4);
    const again = await jobs.checkAgain(job.taskUUID, never);
    expect(again.files).toEqual([]);
    expect(front.requests.filter(isDownload)).toHaveLength(8);
    front.setRule(() => undefined);
    expect((await jobs.checkAgain(job.taskUUID, never)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});

describe("A picture", () => {
  test("of other pixels than asked for is saved, with its real pixels noted", async () => {
    const { front, buy } = await openHouse({ imaging: sheets });
    const hut = await readFile(new URL("../../sample/images/hut.png", import.meta.url));
    front.setRule(every({ changePicture: () => hut }, isDownload));
    const { files, job } = await buy({ format: "PNG" });
    expect(files).toHaveLength(1);
    const { width, height } = job.pictures[0] ?? {};
    expect([width, height]).toEqual([hut.readUInt32BE(16), hut.readUInt32BE(20)]);
    expect(job.request.shape).not.toEqual({ width, height });
  });

  test.each([
    ["that announces 500 MB", 2, { "content-length": "500000000" }],
    ["of 500 MB that announces nothing", 80, {}],
  ])("%s is not read to its end", async (_, most, headers) => {
    const { front, buy } = await openHouse({ imaging: sheets });
    let parts = 0;
    const body = () => hugePicture(() => parts++);
    front.setRule((seen) => (isDownload(seen) ? { answer: { status: 200, body: body(), headers } } : undefined));
    const { job } = await buy();
    expect(job.pictures[0]?.problem).toContain("larger than 64 MB");
    expect(parts).toBeLessThan(most + 10);
    expect(front.requests.filter(isDownload)).toHaveLength(1);
  });

  test("whose server is busy is asked for again after the time it names", async () => {
    const { front, world, buy } = await openHouse({ imaging: sheets });
    front.setRule(first(1, isDownload, says("", 429, { "retry-after": "45" })));
    expect((await buy()).files).toHaveLength(1);
    expect(world.pauses).toContain(45_000);
  });

  test("of a new job comes while the downloads of another hang or wait for another attempt", async () => {
    const { front, world } = await openHouse({ imaging: sheets });
    const hanging = Promise.withResolvers<void>();
    const stalled: (() => void)[] = [];
    const held = new Set<string>();
    front.setRule((seen) => {
      if (!isDownload(seen) || (held.size >= 4 && !held.has(seen.path))) {
        return undefined;
      }
      held.add(seen.path);
      return { holdUntil: hanging.promise };
    });
    const jobs = await world.open({
      ...world.ports,
      timer(ms, ring) {
        if (ms < 20_000) {
          stalled.push(ring);
        }
        return world.ports.timer(ms, ring);
      },
    });
    const others = await jobs.start(order(world, { count: 4 }), never);
    await vi.waitUntil(() => held.size === 4);
    const bought = jobs.buy(order(world, { prompt: "Another" }), never);
    await vi.waitUntil(() =>
      jobs.journal.list().some(({ request, pictures }) => request.count === 1 && pictures.length === 1),
    );
    expect(front.requests.filter(isDownload)).toHaveLength(4);
    for (const ring of stalled) {
      ring();
    }
    expect((await bought).files).toHaveLength(1);
    hanging.resolve();
    expect((await others.outcome).files).toHaveLength(4);
  });

  test("that waits for its place behind others does not keep those waiting who have stopped", async () => {
    const { front, world, jobs } = await openHouse({ imaging: sheets });
    const gate = Promise.withResolvers<void>();
    front.setRule((seen) => (isDownload(seen) ? { holdUntil: gate.promise } : undefined));
    const others = await jobs.start(order(world, { count: 4 }), never);
    await vi.waitUntil(() => front.requests.filter(isDownload).length === 4);
    const waiting = await jobs.start(order(world), never);
    await vi.waitUntil(() => jobs.journal.get(waiting.id)?.pictures.length === 1);
    jobs.stop(waiting.id);
    await expect(waiting.outcome).rejects.toMatchObject({ kind: "stopped" });
    expect(front.requests.filter(isDownload)).toHaveLength(4);
    gate.resolve();
    expect((await others.outcome).files).toHaveLength(4);
    expect((await jobs.checkAgain(waiting.id, never)).files).toHaveLength(1);
  });
});
