import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { parseDragged } from "../../../src/protocol.ts";
import { createSheets } from "../support/plainPictures.ts";
import { isDownload, isPoll, never, openHouse, order } from "../support/setUp.ts";

const sheets = createSheets();
afterAll(() => sheets.dispose());

interface Item {
  imageUUID?: string;
  readonly imageURL: string;
}

/** Changes the items of an answer, if it has as many as were asked for. */
const changeItems =
  (count: number, change: (items: readonly Item[]) => readonly Item[]) =>
  (body: string): string => {
    const answer: { data?: readonly Item[] } = JSON.parse(body);
    return answer.data?.length === count ? JSON.stringify({ ...answer, data: change(answer.data) }) : body;
  };

/**
 * Marks each picture with the path it was fetched from: what follows a picture's end does no harm.
 */
const signed = (path: string) => ({
  changePicture: (picture: Buffer) => Buffer.concat([picture, Buffer.from(`;${path}`)]),
});

/** Ids as a service may send them: equal ones, none, and what is no file name. */
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
  /** What each poll shows, and in what order; the last shows all. */
  polls: number[][];
  last: number[];
}> = fc.array(anyId, { minLength: 1, maxLength: 4 }).chain((ids) =>
  fc.record({
    ids: fc.constant(ids),
    polls: fc.array(fc.shuffledSubarray([...ids.keys()]), { maxLength: 3 }),
    last: fc.shuffledSubarray([...ids.keys()], { minLength: ids.length }),
  }),
);

/** The ids of the issue, each picture told alone before all are told. */
const collisions = {
  ids: ["x/1", "x:1", "x/1", "a".repeat(300)],
  polls: [[0], [2], [3, 1]],
  last: [2, 0, 1, 3],
};

describe("Ids of a service", () => {
  test("of any kind, in any order, over any polls, give as many pictures as there are results, each stored once", async () => {
    await fc.assert(
      fc.asyncProperty(results, async ({ ids, polls, last }) => {
        const { front, world, buy } = await openHouse({ imaging: sheets });
        const paths = new Set<string>();
        front.setRule((seen) => {
          if (isDownload(seen)) {
            return signed(seen.path);
          }
          const change = (items: readonly Item[]) => {
            for (const { imageURL } of items) {
              paths.add(new URL(imageURL).pathname);
            }
            const named = items.map(({ imageUUID: _, ...item }, index) => {
              const imageUUID = ids[index];
              return imageUUID === undefined ? item : { ...item, imageUUID };
            });
            return (polls[seen.precedingCount] ?? last).flatMap((index) => named[index] ?? []);
          };
          return isPoll(seen) ? { change: changeItems(ids.length, change) } : undefined;
        });
        const { job, files } = await buy({ count: ids.length });
        expect(job.state).toBe("done");
        expect(new Set(files).size).toBe(ids.length);
        const stored = await Promise.all(
          (await world.names("vault")).map((name) => readFile(join(world.folder, "vault", name), "latin1")),
        );
        expect(stored.map((bytes) => bytes.slice(bytes.lastIndexOf(";") + 1)).sort()).toEqual([...paths].sort());
        for (const { id } of job.pictures) {
          expect(parseDragged({ job: job.taskUUID, picture: id })).toBeDefined();
        }
      }),
      { numRuns: 15, examples: [[collisions]] },
    );
  }, 120_000);

  test("that are the same in two jobs do not overwrite each other", async () => {
    const { front, world, jobs, buy } = await openHouse({ imaging: sheets });
    const change = changeItems(1, (items) => items.map((item) => ({ ...item, imageUUID: "the-only-id-there-is" })));
    front.setRule((seen) => (isDownload(seen) ? signed(seen.path) : { change }));
    await buy();
    await jobs.buy(order(world, { prompt: "Another" }), never);
    expect(await world.names("vault")).toHaveLength(2);
  });

  test("come through within the answer too, and the service's own word stays", async () => {
    const { front, world, buy } = await openHouse({ imaging: sheets });
    front.setRule(() => ({
      change: changeItems(3, (items) => items.map((item) => ({ ...item, imageUUID: "x/1" }))),
    }));
    const { job } = await buy({ count: 3, outputType: "base64Data" });
    expect(job.pictures.map(({ imageUUID }) => imageUUID)).toEqual(["x/1", "x/1", "x/1"]);
    expect(new Set(job.pictures.map(({ id }) => id)).size).toBe(3);
    expect(await world.names("vault")).toHaveLength(3);
  });

  test("are told apart again by another window, which fetches and stores nothing twice", async () => {
    const { front, world, jobs, buy } = await openHouse({ imaging: sheets });
    let turn = 0;
    front.setRule((seen) =>
      isDownload(seen)
        ? signed(seen.path)
        : {
            change: changeItems(3, (items) => {
              const named = items.map((item) => ({ ...item, imageUUID: "x/1" }));
              return turn++ % 2 === 0 ? named : named.reverse();
            }),
          },
    );
    const { job } = await buy({ count: 3 });
    const before = await world.names("vault");
    await jobs.journal.update(job.taskUUID, (current) => ({
      ...current,
      state: "running",
      pictures: current.pictures.slice(0, 1),
    }));
    const later = await world.open();
    const again = await later.checkAgain(job.taskUUID, never);
    expect(again.job.pictures.map(({ id }) => id).sort()).toEqual(job.pictures.map(({ id }) => id).sort());
    expect(await world.names("vault")).toEqual(before);
    expect(await world.names("pictures")).toHaveLength(3);
  });
});
