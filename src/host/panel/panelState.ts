import { LimnError } from "../../core/errors.ts";
import type { Job } from "../../core/jobs/job.ts";
import type { DraftFields, DraftUpdate, DraftView, Snapshot } from "../../protocol.ts";
import { errorMessage, remedyFor } from "../ui/errorMessage.ts";

/** A picture by its job and its own UUID, as the page names it. */
export interface PictureRef {
  readonly job: string;
  readonly picture: string;
}

/** What the host remembers for the page, until the window closes. */
export interface PanelState {
  fill?: DraftUpdate;
  trouble?: NonNullable<Snapshot["lastError"]>;
  pathPreview?: NonNullable<DraftView["target"]>;
  /** The pictures that were discarded, the last one at the end. */
  readonly discarded: DiscardEntry[];
  /** See `Snapshot.reveal`. */
  reveal?: number;
  /** Number of the last discard, also if it was taken back. */
  discardCount: number;
}

/**
 * A picture that was discarded. No number comes twice: the page offers none back that it has dealt
 * with.
 */
export interface DiscardEntry extends PictureRef {
  readonly number: number;
}

/** Notes that a picture was discarded, so that it is offered back in every view of the panel. */
export function recordDiscard(panelState: PanelState, { job, picture }: PictureRef): void {
  panelState.discardCount++;
  panelState.discarded.push({ number: panelState.discardCount, job, picture });
}

/**
 * The last discarded picture that can be brought back: one that is still discarded, and still in
 * the vault.
 */
export const lastDiscarded = (
  { discarded }: Pick<PanelState, "discarded">,
  jobs: readonly Job[],
  isInVault: (file: string) => boolean,
): DiscardEntry | undefined =>
  discarded.findLast(({ job, picture }) => {
    const current = jobs.find(({ taskUUID }) => taskUUID === job)?.pictures.find(({ id }) => id === picture);
    return current?.discarded === true && current.file !== undefined && isInVault(current.file);
  });

/**
 * Puts fields into the draft. Numbers grow over reloads too, since the page remembers the last one
 * it took.
 */
export function setFill(
  panelState: PanelState,
  draft: DraftFields,
  options: Pick<DraftUpdate, "focus" | "replacesDraft"> = {},
): void {
  const number = Math.max(Date.now(), (panelState.fill?.id ?? 0) + 1);
  panelState.fill = { id: number, draft, ...options };
}

/** Tells the page what went wrong, with the field it is about where it is known. */
export function setTrouble(panelState: PanelState, error: unknown): void {
  const field = error instanceof LimnError ? error.field : undefined;
  const remedy = remedyFor(error);
  panelState.trouble = {
    message: errorMessage(error),
    ...(field === undefined ? {} : { field }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}
