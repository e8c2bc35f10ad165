import { isUnfinished, type Job } from "../../core/jobs/job.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { uriKey } from "../workspace/fileUri.ts";

/** The result of a resumed job. */
export interface RecoveryResult {
  /** Number of pictures that were added to the vault. */
  readonly fetched: number;
  /** URIs of the files that were saved. */
  readonly saved: readonly string[];
  /** Id of the target that they are for; absent if there is none. */
  readonly exportTarget?: string;
  readonly isPaid: boolean;
  /** Whether the user has to decide something. */
  readonly needsAttention: boolean;
}

/** The URIs of the files that were saved while a job was followed. */
export function savedSince(before: Job, after: Job): readonly string[] {
  const keptBefore = new Set(before.pictures.flatMap((picture) => picture.kept.map((uri) => uriKey(uri))));
  return after.pictures.flatMap((picture) => picture.kept).filter((uri) => !keptBefore.has(uriKey(uri)));
}

/**
 * Compares a job before and after it was followed; `undefined` if nothing has changed for the user.
 */
export function recoveryResult(before: Job, after: Job): RecoveryResult | undefined {
  const storedBefore = new Set(before.pictures.filter(({ file }) => file !== undefined).map(({ id }) => id));
  const fetched = after.pictures.filter(({ file, id }) => file !== undefined && !storedBefore.has(id)).length;
  const saved = savedSince(before, after);
  const hasChanged = fetched > 0 || after.state !== before.state;
  const needsAttention = hasChanged && isUnfinished(after);
  const { exportTarget } = after.request;
  return fetched > 0 || saved.length > 0 || needsAttention
    ? {
        ...{ fetched, saved, isPaid: usesRealMoney(after), needsAttention },
        ...(exportTarget === undefined ? {} : { exportTarget }),
      }
    : undefined;
}
