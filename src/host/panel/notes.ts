import { LimnError } from "../../core/errors.ts";
import type { DraftFields, DraftView, Fill, Snapshot } from "../../protocol.ts";
import { sentence } from "../tell.ts";

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
  /** See `Snapshot.declined`. */
  declined: number;
  /** The pictures that were put away, the last one at the end. */
  readonly discarded: PictureRef[];
}

/** Puts fields into the draft. Numbers grow over reloads too, since the page remembers the last one it took. */
export function noteFill(notes: Notes, draft: DraftFields, focus?: string): void {
  const number = Math.max(Date.now(), (notes.fill?.number ?? 0) + 1);
  notes.fill = { number, draft, ...(focus === undefined ? {} : { focus }) };
}

/** Tells the page what went wrong, with the field it is about where it is known. */
export function noteTrouble(notes: Notes, error: unknown): void {
  const field = error instanceof LimnError ? error.field : undefined;
  notes.trouble = { message: sentence(error), ...(field === undefined ? {} : { field }) };
}
