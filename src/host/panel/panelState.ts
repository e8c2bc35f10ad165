import { LimnError } from "../../core/errors.ts";
import type { Job } from "../../core/jobs/job.ts";
import type {
  ChangedDraft,
  DraftFields,
  DraftUpdate,
  OptionalFields,
  PanelError,
  PictureRef,
  SavePathPreview,
  TargetPreview,
  TargetView,
} from "../../protocol.ts";
import { errorMessage, remedyFor } from "../ui/errorMessage.ts";

/** What the host remembers for the page, until the window closes. */
export interface PanelState {
  draftUpdate?: DraftUpdate;
  /** The update that was the last one when the page has changed its draft: the page has it. */
  recordedUpdate?: DraftUpdate | undefined;
  lastError?: PanelError;
  savePathPreview?: SavePathPreview;
  targetPreview?: TargetPreview | undefined;
  /** What pictures can be made for; absent until it is known. */
  targets?: readonly TargetView[];
  /** Pictures that were discarded in this window, the last one at the end. */
  readonly discarded: DiscardEntry[];
  /** See `Snapshot.reveal`. */
  reveal?: number;
  /** Number of the last discard, even if it was undone. */
  discardCount: number;
}

/**
 * A picture that was discarded. Those that were discarded together share a number; else each number
 * is used once, so that the page offers it once.
 */
export interface DiscardEntry extends PictureRef {
  readonly number: number;
}

/** Remembers discarded pictures: every page of the panel offers to restore them together. */
export function recordDiscard(panelState: PanelState, pictures: readonly PictureRef[]): void {
  panelState.discardCount++;
  const number = panelState.discardCount;
  panelState.discarded.push(...pictures.map(({ job, picture }) => ({ number, job, picture })));
}

/** Forgets the discarded pictures for which `isGone` returns true. */
export function removeDiscards({ discarded }: PanelState, isGone: (entry: DiscardEntry) => boolean): void {
  discarded.splice(0, Infinity, ...discarded.filter((entry) => !isGone(entry)));
}

/**
 * The last discarded picture that is still discarded and still in the vault, and those that were
 * discarded with it.
 */
export function lastDiscards(
  { discarded }: Pick<PanelState, "discarded">,
  getJob: (id: string) => Job | undefined,
  isInVault: (file: string) => boolean,
): readonly DiscardEntry[] {
  const canRestore = ({ job, picture }: DiscardEntry) => {
    const current = getJob(job)?.pictures.find(({ id }) => id === picture);
    return current?.discarded === true && current.file !== undefined && isInVault(current.file);
  };
  const last = discarded.findLast(canRestore);
  return discarded.filter((entry) => entry.number === last?.number && canRestore(entry));
}

/** What the page shows of these pictures. */
export function lastDiscarded(...args: Parameters<typeof lastDiscards>): OptionalFields["lastDiscarded"] {
  const discards = lastDiscards(...args);
  const last = discards.at(-1);
  const [, getJob] = args;
  const others = discards.length - 1;
  return last && { ...last, prompt: getJob(last.job)?.request.prompt ?? "", ...(others > 0 ? { others } : {}) };
}

/** A number above `previous`. It grows over reloads too, since the page remembers the last one. */
const nextNumber = (previous = 0): number => Math.max(Date.now(), previous + 1);

/** Puts fields into the page's draft. */
export function setDraftUpdate(
  panelState: PanelState,
  draft: DraftFields,
  options: Omit<DraftUpdate, "id" | "draft"> = {},
): void {
  panelState.draftUpdate = { id: nextNumber(panelState.draftUpdate?.id), draft, ...options };
}

/**
 * Lets a page that connects continue a draft. What the form was filled with since, which the light
 * bulb may do before the page is there, comes on top of it.
 */
export function continueDraft(panelState: PanelState, kept: ChangedDraft): void {
  const { draftUpdate, recordedUpdate } = panelState;
  // The clock of the page, which may be on another computer, says nothing about updates.
  const isFilled = draftUpdate !== undefined && draftUpdate.changedAt === undefined && draftUpdate !== recordedUpdate;
  if (isFilled) panelState.draftUpdate = { ...draftUpdate, continued: kept };
  else setDraftUpdate(panelState, kept.draft, { replacesDraft: true, changedAt: kept.changedAt });
}

/** Makes the page scroll to the pictures. */
export function setReveal(panelState: PanelState): void {
  panelState.reveal = nextNumber(panelState.reveal);
}

/** Shows an error in the form. */
export function setLastError(panelState: PanelState, error: unknown): void {
  const field = error instanceof LimnError ? error.field : undefined;
  const remedy = remedyFor(error);
  panelState.lastError = {
    message: errorMessage(error),
    ...(field === undefined ? {} : { field }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}
