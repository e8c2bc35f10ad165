import { type Filter, type FilterCounts, filtersOf, matchesFilter } from "./filters.ts";
import type { ListedJob } from "./listedJob.ts";
import { rowsOfJob } from "./sheetRows.ts";

/** Names a picture by the id of its job and its own. */
interface PictureKey {
  readonly job: string;
  readonly picture: string;
}

/** Which part of the sheet to show. */
export interface SheetQuery {
  /** Words that the prompts must have, in any order and case. */
  readonly text: string;
  readonly filter: Filter;
  /** Whether pictures of other workspaces are shown too. */
  readonly everywhere?: boolean | undefined;
  /** Number of tiles in a line. */
  readonly columns: number;
  /** First row to load. */
  readonly first: number;
  /** Number of rows to load. */
  readonly count: number;
  /** The rows around this picture are loaded instead of those from `first`, if it is shown. */
  readonly anchor?: PictureKey | undefined;
  /** The selected picture. If it is not shown any more, the one at the index `tile` replaces it. */
  readonly selected?: (PictureKey & { readonly tile?: number | undefined }) | undefined;
  /** The picture that is marked to be compared. */
  readonly marked?: PictureKey | undefined;
}

/** The pictures of one job that match. */
export interface SheetGroup {
  readonly job: string;
  readonly pictures: readonly string[];
  /** Number of places for pictures that are on their way; absent if there are none. */
  readonly waiting?: number;
}

/** A picture, and its index among all tiles of the sheet. */
export interface SheetPlace extends PictureKey {
  readonly tile: number;
}

/** Some rows of the sheet. They begin and end with a job. */
export interface SheetWindow {
  /** Number of all rows of the sheet. */
  readonly rowCount: number;
  /** Number of all tiles. */
  readonly tileCount: number;
  readonly columns: number;
  /** Index of the first loaded row, which is a heading. */
  readonly firstRow: number;
  /** Index of the first loaded tile. */
  readonly firstTile: number;
  readonly groups: readonly SheetGroup[];
  /** Whether the sheet has places for the pictures that are on their way. */
  readonly showsWaiting: boolean;
}

/** The answer to a query. */
export interface SheetAnswer {
  readonly window: SheetWindow;
  /** Number of pictures that match the search, by filter. */
  readonly counts: FilterCounts;
  /** Number of pictures of other workspaces that match search and filter, shown or not. */
  readonly elsewhere: number;
  /** The selected picture, or the one that replaced it. */
  readonly selected: SheetPlace | undefined;
  /** The marked picture, if it is shown. */
  readonly marked: PictureKey | undefined;
}

/** The jobs that match a query, with the index of the first row and tile of each. */
interface Matches {
  readonly jobs: readonly ListedJob[];
  readonly rows: readonly number[];
  readonly tiles: readonly number[];
  readonly rowCount: number;
  readonly tileCount: number;
  readonly counts: FilterCounts;
  readonly elsewhere: number;
  /** Number of places of a job for pictures that are on their way; absent if there are none. */
  readonly waiting: ReadonlyMap<string, number>;
  readonly showsWaiting: boolean;
}

/** What a picture is like that has just arrived. */
const newPicture = { isKept: false, isStarred: false, isDiscarded: false };

/** Index of the last start that is not above `value`; the starts grow. */
function indexAt(starts: readonly number[], value: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** Ids of the job's pictures that match the filter. */
const picturesOf = ({ pictures }: ListedJob, filter: Filter): readonly string[] =>
  pictures.filter(matchesFilter[filter]).map(({ id }) => id);

/** Where the picture is; `undefined` if it does not match. */
function placeOf(matches: Matches, filter: Filter, { job, picture }: PictureKey): SheetPlace | undefined {
  const index = matches.jobs.findIndex(({ id }) => id === job);
  const found = matches.jobs[index];
  const inJob = found === undefined ? -1 : picturesOf(found, filter).indexOf(picture);
  return inJob < 0 ? undefined : { job, picture, tile: (matches.tiles[index] ?? 0) + inJob };
}

/** The picture at an index among all tiles, or the last one. */
function pictureAt(matches: Matches, filter: Filter, tile: number): SheetPlace | undefined {
  const at = Math.min(tile, matches.tileCount - 1);
  const index = indexAt(matches.tiles, at);
  const job = matches.jobs[index];
  const picture = job && picturesOf(job, filter)[at - (matches.tiles[index] ?? 0)];
  return job === undefined || picture === undefined ? undefined : { job: job.id, picture, tile: at };
}

/** Index of the row of a tile. */
function rowOfTile({ tiles, rows }: Matches, tile: number, columns: number): number {
  const index = indexAt(tiles, tile);
  return (rows[index] ?? 0) + 1 + Math.floor((tile - (tiles[index] ?? 0)) / columns);
}

function windowOf(matches: Matches, { filter, columns, first, count, anchor }: SheetQuery): SheetWindow {
  const { jobs, rows, tiles, rowCount, tileCount, showsWaiting } = matches;
  const place = anchor && placeOf(matches, filter, anchor);
  const wanted = place === undefined ? first : rowOfTile(matches, place.tile, columns) - Math.floor(count / 2);
  const start = Math.max(0, Math.min(wanted, rowCount - count));
  const [from, to] = [indexAt(rows, start), indexAt(rows, start + count - 1)];
  return {
    rowCount,
    tileCount,
    columns,
    firstRow: rows[from] ?? 0,
    firstTile: tiles[from] ?? 0,
    groups: jobs.slice(from, to + 1).map((job) => {
      const waiting = matches.waiting.get(job.id);
      return { job: job.id, pictures: picturesOf(job, filter), ...(waiting === undefined ? {} : { waiting }) };
    }),
    showsWaiting,
  };
}

/**
 * Searches, counts and arranges the pictures of all jobs, and returns the rows that the page asks
 * for. What it finds in a prompt is remembered until the search changes.
 */
export class SheetIndex {
  #text = "";
  #words: readonly string[] = [];
  #found = new WeakMap<ListedJob, boolean>();
  /** The prompts in lower case: made for a search only. */
  readonly #searched = new WeakMap<ListedJob, string>();

  /**
   * The answer for these jobs, which are sorted. `isFollowed`: whether this window waits for the
   * pictures of a job; a search shows only those that have arrived.
   */
  answer(jobs: readonly ListedJob[], query: SheetQuery, isFollowed: (job: string) => boolean): SheetAnswer {
    const matches = this.#match(jobs, query, isFollowed);
    const { filter, selected, marked } = query;
    return {
      window: windowOf(matches, query),
      counts: matches.counts,
      elsewhere: matches.elsewhere,
      selected:
        selected &&
        (placeOf(matches, filter, selected) ??
          (selected.tile === undefined ? undefined : pictureAt(matches, filter, selected.tile))),
      marked: marked && placeOf(matches, filter, marked) && { job: marked.job, picture: marked.picture },
    };
  }

  #match(
    all: readonly ListedJob[],
    { text, filter, columns, everywhere = false }: SheetQuery,
    isFollowed: (job: string) => boolean,
  ): Matches {
    this.#search(text);
    const showsWaiting = this.#words.length === 0 && matchesFilter[filter](newPicture);
    const waiting = new Map<string, number>();
    const [jobs, rows, tiles]: [ListedJob[], number[], number[]] = [[], [], []];
    const counts = { all: 0, unkept: 0, kept: 0, starred: 0, discarded: 0 };
    let [rowCount, tileCount, elsewhere] = [0, 0, 0];
    for (const job of all) {
      const isWaitedFor = job.pending > 0 && isFollowed(job.id);
      const pending = isWaitedFor && showsWaiting ? job.pending : 0;
      if (job.pictures.length + pending === 0 || !this.#isFound(job)) {
        continue;
      }
      // What this window waits for belongs to it, whichever workspace it is for.
      if (job.isElsewhere && !isWaitedFor) {
        elsewhere += picturesOf(job, filter).length;
        if (!everywhere) {
          continue;
        }
      }
      if (pending > 0) {
        waiting.set(job.id, pending);
      }
      const before = counts[filter];
      for (const picture of job.pictures) {
        for (const one of filtersOf(picture)) {
          counts[one]++;
        }
      }
      const matching = counts[filter] - before;
      if (matching + pending > 0) {
        jobs.push(job);
        rows.push(rowCount);
        tiles.push(tileCount);
        rowCount += rowsOfJob(matching + pending, columns);
        tileCount += matching;
      }
    }
    return { jobs, rows, tiles, rowCount, tileCount, counts, elsewhere, waiting, showsWaiting };
  }

  #search(text: string): void {
    if (text !== this.#text) {
      this.#text = text;
      this.#words = text.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
      this.#found = new WeakMap();
    }
  }

  #isFound(job: ListedJob): boolean {
    if (this.#words.length === 0) {
      return true;
    }
    const known = this.#found.get(job);
    if (known !== undefined) {
      return known;
    }
    let prompt = this.#searched.get(job);
    if (prompt === undefined) {
      prompt = job.prompt.toLocaleLowerCase();
      this.#searched.set(job, prompt);
    }
    const isFound = this.#words.every((word) => prompt.includes(word));
    this.#found.set(job, isFound);
    return isFound;
  }
}
