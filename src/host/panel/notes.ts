import { LimnError } from "../../core/errors.ts";
import type { Job } from "../../core/job.ts";
import type { DraftFields, DraftView, Fill, Snapshot } from "../../protocol.ts";
import { remedyFor, sentence } from "../tell.ts";

/** A picture by its job and its own UUID, as the page names it. */
export interface PictureRef {
  readonly job: string;
  readonly picture: string;
}

/** What the host remembers for the page, until the window closes. */
export interface Notes {
  fill?: Fill;
  trouble?: NonNullable<Snapshot["trouble"]>;
  target?: NonNullable<DraftView["target"]>;
  /** The pictures that were discarded, the last one at the end. */
  readonly discarded: Discarded[];
  /** See `Snapshot.reveal`. */
  reveal?: number;
  /** Number of the last discard, also if it was taken back. */
  discards: number;
}

/** A picture that was discarded. No number comes twice: the page offers none back that it has dealt with. */
export interface Discarded extends PictureRef {
  readonly number: number;
}

/** Notes that a picture was discarded, so that it is offered back in every view of the panel. */
export function noteDiscarded(notes: Notes, { job, picture }: PictureRef): void {
  notes.discards++;
  notes.discarded.push({ number: notes.discards, job, picture });
}

/** The last discarded picture that can be brought back: one that is still discarded, and still in the vault. */
export const lastDiscarded = (
  { discarded }: Pick<Notes, "discarded">,
  jobs: readonly Job[],
  inVault: (file: string) => boolean,
): Discarded | undefined =>
  discarded.findLast(({ job, picture }) => {
    const found = jobs.find(({ taskUUID }) => taskUUID === job)?.pictures.find(({ id }) => id === picture);
    return found?.discarded === true && found.file !== undefined && inVault(found.file);
  });

/** Puts fields into the draft. Numbers grow over reloads too, since the page remembers the last one it took. */
export function noteFill(notes: Notes, draft: DraftFields, more: Pick<Fill, "focus" | "whole"> = {}): void {
  const number = Math.max(Date.now(), (notes.fill?.number ?? 0) + 1);
  notes.fill = { number, draft, ...more };
}

/** Tells the page what went wrong, with the field it is about where it is known. */
export function noteTrouble(notes: Notes, error: unknown): void {
  const field = error instanceof LimnError ? error.field : undefined;
  const remedy = remedyFor(error);
  notes.trouble = {
    message: sentence(error),
    ...(field === undefined ? {} : { field }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}
