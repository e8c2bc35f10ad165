import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDraggedPicture } from "../../../src/protocol.ts";
import { createJobRequest, isDownload, isPoll, neverAborted, setUp } from "../support/setUp.ts";

interface Item {
  imageUUID?: string;
  readonly imageURL: string;
}

/** Changes the items of an answer that holds as many as were requested. */
const changeItems =
  (count: number, change: (items: readonly Item[]) => readonly Item[]) =>
  (body: string): string => {
    const answer: { data?: readonly Item[] } = JSON.parse(body);
    return answer.data?.length === count ? JSON.stringify({ ...answer, data: change(answer.data) }) : body;
  };

/** Appends the download path to each picture: bytes after a picture's end are harmless. */
const signed = (path: string) => ({
  changePicture: (picture: Buffer) => Buffer.concat([picture, Buffer.from(`;${path}`)]),
});

/** Ids as a service may send them: duplicates, none, and invalid file names. */
const anyId = fc.oneof(
  fc.constantFrom(
    undefined,
    "x/1",
    "x:1",
    "../../escape",
    "con",
    "a".repeat(300),
    "c7c3fca4-8b3a-4a9f-a1b2-000000000001",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
);

const results: fc.Arbitrary<{
  ids: (string | undefined)[];
  /** Which results each poll reports, in order; the last poll reports all. */
  polls: number[][];
  last: number[];
}> = fc.array(anyId, { minLength: 1, maxLength: 4 }).chain((ids) =>
  fc.record({
    ids: fc.constant(ids),
    polls: fc.array(fc.shuffledSubarray([...ids.keys()]), { maxLength: 3 }),
    last: fc.shuffledSubarray([...ids.keys()], { minLength: ids.length }),
  }),
);

/** Colliding ids, with each picture reported alone before all are reported. */
const collisions = {
  ids: ["x/1", "x:1", "x/1", "a".repeat(300)],
  polls: [[0], [2], [3, 1]],
  last: [2, 0, 1, 3],
};

describe("Picture ids of the service", () => {
  test("of any kind, in any order and any polls yield one picture per result, each stored once", async () => {
    await fc.assert(
      fc.asyncProperty(results, async ({ ids, polls, last }) => {
        const { faultProxy, environment, buy } = await setUp();
        const paths = new Set<string>();
        faultProxy.setRule((request) => {
          if (isDownload(request)) {
            return signed(request.path);
          }
          const change = (items: readonly Item[]) => {
            for (const { imageURL } of items) {
              paths.add(new URL(imageURL).pathname);
            }
            const named = items.map(({ imageUUID: _, ...item }, index) => {
              const imageUUID = ids[index];
              return imageUUID === undefined ? item : { ...item, imageUUID };
            });
            return (polls[request.precedingCount] ?? last).flatMap((index) => named[index] ?? []);
          };
          return isPoll(request) ? { change: changeItems(ids.length, change) } : undefined;
        });
        const { job, files } = await buy({ count: ids.length });
        expect(job.state).toBe("done");
        expect(new Set(files).size).toBe(ids.length);
        const stored = await Promise.all(
          (await environment.listFolder("vault")).map((name) =>
            readFile(join(environment.folder, "vault", name), "latin1"),
          ),
        );
        expect(stored.map((bytes) => bytes.slice(bytes.lastIndexOf(";") + 1)).sort()).toEqual([...paths].sort());
        for (const { id } of job.pictures) {
          expect(parseDraggedPicture({ job: job.taskUUID, picture: id })).toBeDefined();
        }
      }),
      { numRuns: 15, examples: [[collisions]] },
    );
  }, 240_000);

  test("that are equal in two jobs do not overwrite each other", async () => {
    const { faultProxy, environment, jobs, buy } = await setUp();
    const change = changeItems(1, (items) => items.map((item) => ({ ...item, imageUUID: "the-only-id-there-is" })));
    faultProxy.setRule((request) => (isDownload(request) ? signed(request.path) : { change }));
    await buy();
    await jobs.buy(createJobRequest(environment, { prompt: "Another" }), neverAborted);
    expect(await environment.listFolder("vault")).toHaveLength(2);
  });

  test("may collide for pictures inside the answer too, and the job records them unchanged", async () => {
    const { faultProxy, environment, buy } = await setUp();
    faultProxy.setRule(() => ({
      change: changeItems(3, (items) => items.map((item) => ({ ...item, imageUUID: "x/1" }))),
    }));
    const { job } = await buy({ count: 3, outputType: "base64Data" });
    expect(job.pictures.map(({ imageUUID }) => imageUUID)).toEqual(["x/1", "x/1", "x/1"]);
    expect(new Set(job.pictures.map(({ id }) => id)).size).toBe(3);
    expect(await environment.listFolder("vault")).toHaveLength(3);
  });

  test("that collide are matched again by another window, which stores nothing twice", async () => {
    const { faultProxy, environment, jobs, buy } = await setUp();
    let turn = 0;
    faultProxy.setRule((request) =>
      isDownload(request)
        ? signed(request.path)
        : {
            change: changeItems(3, (items) => {
              const named = items.map((item) => ({ ...item, imageUUID: "x/1" }));
              return turn++ % 2 === 0 ? named : named.reverse();
            }),
          },
    );
    const { job } = await buy({ count: 3 });
    const before = await environment.listFolder("vault");
    await jobs.journal.update(job.taskUUID, (current) => ({
      ...current,
      state: "running",
      pictures: current.pictures.slice(0, 1),
    }));
    const later = await environment.openWindow();
    const again = await later.checkAgain(job.taskUUID, neverAborted);
    expect(again.job.pictures.map(({ id }) => id).sort()).toEqual(job.pictures.map(({ id }) => id).sort());
    expect(await environment.listFolder("vault")).toEqual(before);
    expect(await environment.listFolder("pictures")).toHaveLength(3);
  });
});
