import { l10n } from "vscode";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { formatSize } from "../../core/models/size.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { mayBeBilled } from "../../core/money/spending.ts";
import type { Services } from "../services.ts";

/** A picture that is here: its facts are those of its bytes. */
const isStored = ({ file }: Picture): boolean => file !== undefined;

/** The pixels of a picture that has others than were asked for. */
function deliveredSize({ request: { shape } }: Job, { width, height }: Picture): string | undefined {
  const isExact = typeof shape === "object" && "width" in shape;
  return !isExact || width === undefined || height === undefined || (width === shape.width && height === shape.height)
    ? undefined
    : formatSize({ width, height });
}

const sizeNote = (size: string): string => l10n.t("Runware delivered {0} pixels, not the size you asked for.", size);

/** What is not sure of the money. */
function billingNotes(job: Job): readonly string[] {
  const claims = usesRealMoney(job) ? job.pictures.flatMap(({ claimedCost }) => claimedCost ?? []) : [];
  return [
    ...(job.pictures.length > 0 && mayBeBilled(job) ? [l10n.t("What is missing may have been billed.")] : []),
    ...[...new Set(claims)].map((usd) =>
      l10n.t("Runware said that a picture cost {0} USD, which cannot be: the estimate is counted.", usd),
    ),
  ];
}

/** What is said of a picture that is stored as it came. */
export const unsupportedFormatNote = (format: string): string => l10n.t("A {0} file, which Limn cannot show.", format);

const safetyNote = (): string => l10n.t("The safety check flagged the content.");

/** Where pictures are that the vault could not take. */
function rescueNotes(paths: readonly string[]): readonly string[] {
  const [path, ...others] = paths;
  if (path === undefined) {
    return [];
  }
  return [
    others.length === 0
      ? l10n.t("Limn's own folder cannot be written, so a picture is at {0} until it can: see the log.", path)
      : l10n.t(
          "Limn's own folder cannot be written, so {0} pictures are elsewhere until it can, the first at {1}: see the log.",
          ...[paths.length, path],
        ),
  ];
}

/** What of one picture is not as it was asked for, each as a sentence. */
export function pictureNotes(job: Job, picture: Picture): readonly string[] {
  const size = isStored(picture) ? deliveredSize(job, picture) : undefined;
  return [
    ...(size === undefined ? [] : [sizeNote(size)]),
    ...(picture.otherFormat === undefined ? [] : [unsupportedFormatNote(picture.otherFormat)]),
    ...rescueNotes(picture.rescued === undefined ? [] : [picture.rescued]),
    ...(picture.unsafe === true ? [safetyNote()] : []),
  ];
}

/**
 * What of a job's pictures that are here is not as it was asked for, each as a sentence; one
 * sentence for those that are alike.
 */
export function jobNotes(job: Job): readonly string[] {
  const { pictures, failures, request } = job;
  const sizes = pictures.filter(isStored).flatMap((picture) => deliveredSize(job, picture) ?? []);
  const reasons = failures.map(({ message }) => message).filter((message) => message !== "");
  return [
    ...[...new Set(sizes)].map(sizeNote),
    ...[...new Set(pictures.flatMap(({ otherFormat }) => otherFormat ?? []))].map(unsupportedFormatNote),
    ...(pictures.length < request.count
      ? [l10n.t("{0} of {1} pictures were made.", pictures.length, request.count)]
      : []),
    ...new Set(reasons),
    ...billingNotes(job),
    ...rescueNotes(pictures.flatMap(({ rescued }) => rescued ?? [])),
    ...(pictures.some(({ unsafe }) => unsafe) ? [safetyNote()] : []),
  ];
}

/**
 * The same, and why a picture is not here: for those who do not see the job in the panel, which
 * tells that beside *Check Again*.
 */
export function allJobNotes(job: Job): readonly string[] {
  const unfetched = job.pictures.find((picture) => !isStored(picture) && picture.problem !== undefined);
  return [
    ...jobNotes(job),
    ...(unfetched?.problem === undefined
      ? []
      : [l10n.t("A picture could not be fetched: {0} “Limn: Show Unfinished Jobs” tries again.", unfetched.problem)]),
  ];
}

/** Says that the job file cannot be written; `undefined` if it can. */
export function journalErrorNote({ jobs }: Pick<Services, "jobs">, id: string): string | undefined {
  const reason = jobs.journal.unwrittenReason(id);
  return reason === undefined
    ? undefined
    : l10n.t(
        "Limn could not store the state of this request. {0} Nothing is lost, and nothing is bought again: Limn looks anew at the next start.",
        reason,
      );
}
