import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filters, matchesFilter } from "../../../src/core/sheet/filters.ts";
import type { ListedJob } from "../../../src/core/sheet/listedJob.ts";
import { type SheetAnswer, SheetIndex, type SheetQuery } from "../../../src/core/sheet/sheetIndex.ts";

const words = ["fox", "snow", "Heron", "DUSK"] as const;

const picture = fc.record({ isKept: fc.boolean(), isStarred: fc.boolean(), isDiscarded: fc.boolean() });
const job = fc.record({
  prompt: fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((some) => some.join(" ")),
  pictures: fc.array(picture, { maxLength: 7 }),
  isElsewhere: fc.boolean(),
  pending: fc.nat(3),
});
const jobs = fc.array(job, { maxLength: 30 }).map((all): ListedJob[] =>
  all.map(({ prompt, pictures, isElsewhere, pending }, index) => ({
    id: `job-${index}`,
    prompt,
    pending,
    isOpen: pending > 0,
    isInQueue: false,
    isElsewhere,
    pictures: pictures.map((one, number) => ({ id: `${number}`, ...one })),
  })),
);
/** Whether this window waits for a job. */
const isFollowed = (id: string): boolean => /[02468]$/u.test(id);
const list = fc.record({
  text: fc.constantFrom("", "fox", " SNOW  fox", "her", "nothing"),
  filter: fc.constantFrom(...filters),
  everywhere: fc.boolean(),
  columns: fc.integer({ min: 1, max: 5 }),
});

/** Whether a job belongs to other workspaces only: this window does not wait for it. */
const isOfOthers = ({ id, isElsewhere, pending }: ListedJob): boolean =>
  isElsewhere && !(pending > 0 && isFollowed(id));

type List = Pick<SheetQuery, "text" | "filter" | "everywhere" | "columns">;

/** All rows and tiles in the order of the sheet, by the rules in words. */
function layOut(all: readonly ListedJob[], { text, filter, everywhere, columns }: List) {
  const wanted = text.toLowerCase().split(" ").filter(Boolean);
  const groups = all
    .filter(({ prompt }) => wanted.every((word) => prompt.toLowerCase().includes(word)))
    .filter((one) => everywhere === true || !isOfOthers(one))
    .map(({ id, pictures, pending }) => ({
      job: id,
      pictures: pictures.filter(matchesFilter[filter]).map(({ id }) => id),
      waiting: wanted.length === 0 && ["all", "unkept"].includes(filter) && isFollowed(id) ? pending : 0,
    }))
    .filter(({ pictures, waiting }) => pictures.length + waiting > 0);
  const tiles = groups.flatMap(({ job, pictures }) => pictures.map((one) => ({ job, picture: one })));
  return { groups, tiles, rows: layOutGroups(groups, columns) };
}

/** The rows of a window, as `layOut` names them. */
const rowsOf = ({ window: { groups, columns } }: SheetAnswer): string[] => layOutGroups(groups, columns);
const layOutGroups = (groups: SheetAnswer["window"]["groups"], columns: number): string[] =>
  groups.flatMap(({ job, pictures, waiting = 0 }) => [
    job,
    ...Array.from({ length: Math.ceil((pictures.length + waiting) / columns) }, (_, line) => `${job} ${line}`),
  ]);

describe("the index of the sheet", () => {
  it("returns windows that together are the whole sheet", () => {
    fc.assert(
      fc.property(jobs, list, fc.integer({ min: 1, max: 20 }), (all, query, count) => {
        const expected = layOut(all, query);
        const index = new SheetIndex();
        const rows: (string | undefined)[] = Array.from({ length: expected.rows.length });
        const tiles: (string | undefined)[] = Array.from({ length: expected.tiles.length });
        for (let first = 0; first === 0 || first < expected.rows.length; first += count) {
          const answer = index.answer(all, { ...query, first, count }, isFollowed);
          const { window } = answer;
          expect([window.rowCount, window.tileCount]).toEqual([expected.rows.length, expected.tiles.length]);
          const loaded = rowsOf(answer);
          rows.splice(window.firstRow, loaded.length, ...loaded);
          const loadedTiles = window.groups.flatMap(({ job, pictures }) => pictures.map((one) => `${job} ${one}`));
          tiles.splice(window.firstTile, loadedTiles.length, ...loadedTiles);
          // All rows that were asked for are there.
          const last = Math.min(first + count, expected.rows.length);
          expect(window.firstRow).toBeLessThanOrEqual(Math.max(0, Math.min(first, expected.rows.length - count)));
          expect(window.firstRow + loaded.length).toBeGreaterThanOrEqual(last);
        }
        expect(rows).toEqual(expected.rows);
        expect(tiles).toEqual(expected.tiles.map(({ job, picture }) => `${job} ${picture}`));
      }),
    );
  });

  it("counts the pictures of each filter that match the search", () => {
    fc.assert(
      fc.property(jobs, list, (all, query) => {
        const { counts } = new SheetIndex().answer(all, { ...query, first: 0, count: 10 }, isFollowed);
        const expected = filters.map((filter) => [filter, layOut(all, { ...query, filter }).tiles.length]);
        expect(counts).toEqual(Object.fromEntries(expected));
      }),
    );
  });

  it("counts the pictures of other workspaces that match, shown or not", () => {
    fc.assert(
      fc.property(jobs, list, (all, query) => {
        const { elsewhere } = new SheetIndex().answer(all, { ...query, first: 0, count: 10 }, isFollowed);
        const others = layOut(all.filter(isOfOthers), { ...query, everywhere: true });
        expect(elsewhere).toBe(others.tiles.length);
      }),
    );
  });

  it("finds the same after any other search", () => {
    fc.assert(
      fc.property(jobs, fc.array(list, { minLength: 2, maxLength: 4 }), (all, queries) => {
        const index = new SheetIndex();
        for (const query of queries) {
          const full = { ...query, first: 0, count: 10 };
          expect(index.answer(all, full, isFollowed)).toEqual(new SheetIndex().answer(all, full, isFollowed));
        }
      }),
    );
  });

  it("returns the place of the selected picture, or the picture that replaces it", () => {
    fc.assert(
      fc.property(jobs, list, fc.nat(300), fc.nat(300), (all, query, at, gone) => {
        const { tiles } = layOut(all, query);
        const tile = tiles.length === 0 ? undefined : at % tiles.length;
        const selected = tile === undefined ? undefined : tiles[tile];
        fc.pre(selected !== undefined && tile !== undefined);
        const index = new SheetIndex();
        const full = { ...query, first: 0, count: 10, selected };
        expect(index.answer(all, full, isFollowed).selected).toEqual({ ...selected, tile });
        // A picture goes: the selected one, or any other.
        const removed = gone % 2 === 0 ? selected : tiles[gone % tiles.length];
        const after = all.map((one) =>
          one.id === removed?.job ? { ...one, pictures: one.pictures.filter(({ id }) => id !== removed.picture) } : one,
        );
        const tilesAfter = layOut(after, query).tiles;
        const answer = index.answer(after, { ...full, selected: { ...selected, tile } }, isFollowed);
        const same = tilesAfter.findIndex(({ job, picture }) => job === selected.job && picture === selected.picture);
        const place = same < 0 ? Math.min(tile, tilesAfter.length - 1) : same;
        expect(answer.selected).toEqual(place < 0 ? undefined : { ...tilesAfter[place], tile: place });
        // Without its place, nothing replaces it.
        expect(index.answer(after, full, isFollowed).selected === undefined).toBe(same < 0);
      }),
    );
  });

  it("loads the rows around the anchor, wherever it moves", () => {
    fc.assert(
      fc.property(jobs, list, fc.nat(300), fc.integer({ min: 1, max: 12 }), (all, query, at, count) => {
        const { tiles } = layOut(all, query);
        const anchor = tiles.length === 0 ? undefined : tiles[at % tiles.length];
        fc.pre(anchor !== undefined);
        const answer = new SheetIndex().answer(all, { ...query, first: 0, count, anchor }, isFollowed);
        expect(
          answer.window.groups.some(({ job, pictures }) => job === anchor.job && pictures.includes(anchor.picture)),
        ).toBe(true);
      }),
    );
  });

  it("keeps a mark only on a picture that is shown", () => {
    const all: ListedJob[] = [
      {
        id: "job",
        prompt: "fox",
        isOpen: false,
        pending: 0,
        isInQueue: false,
        isElsewhere: false,
        pictures: [{ id: "1", isKept: false, isStarred: true, isDiscarded: false }],
      },
    ];
    const query = { text: "", columns: 2, first: 0, count: 10, marked: { job: "job", picture: "1" } };
    const index = new SheetIndex();
    expect(index.answer(all, { ...query, filter: "starred" }, isFollowed).marked).toEqual(query.marked);
    expect(index.answer(all, { ...query, filter: "kept" }, isFollowed).marked).toBeUndefined();
  });
});
