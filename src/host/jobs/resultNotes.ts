import { l10n } from "vscode";
import type { Job, Picture } from "../../core/jobs/job.ts";
import type { Journal } from "../../core/journal/journal.ts";
import { formatSize } from "../../core/models/size.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { mayBeBilled } from "../../core/money/spending.ts";
import { unshownFormatOf } from "../../core/pictures/pictureFormat.ts";
import { serviceNameFirst } from "../../core/service/serviceName.ts";
import { findTool } from "../../core/tools/tools.ts";

/** Whether the picture was downloaded, so that its size and format are known from its bytes. */
const isStored = ({ file }: Picture): boolean => file !== undefined;

/** The size in pixels, if another one was requested. */
function deliveredSize({ request: { shape } }: Job, { width, height }: Picture): string | undefined {
  const isExact = typeof shape === "object" && "width" in shape;
  return !isExact || width === undefined || height === undefined || (width === shape.width && height === shape.height)
    ? undefined
    : formatSize({ width, height });
}

const sizeNote = (job: Job, size: string): string =>
  l10n.t("{0} delivered {1} pixels, not the size you asked for.", serviceNameFirst(job), size);

/** Sentences about costs that are not certain. */
function billingNotes(job: Job): readonly string[] {
  const claims = usesRealMoney(job) ? job.pictures.flatMap(({ claimedCost }) => claimedCost ?? []) : [];
  return [
    ...(job.pictures.length > 0 && mayBeBilled(job) ? [l10n.t("What is missing may have been billed.")] : []),
    ...[...new Set(claims)].map((usd) =>
      l10n.t(
        "Runware reported a cost of {0} USD for a picture, which is not plausible. The estimate is counted instead.",
        usd,
      ),
    ),
  ];
}

/** Text about a picture that is stored in a format Limn cannot show. */
export const unsupportedFormatNote = (format: string): string => l10n.t("A {0} file, which Limn cannot show.", format);

/** Whether the tool should have made transparent parts, and the picture cannot have any. */
const lacksTransparency = ({ request: { tool } }: Job, { format, hasAlpha }: Picture): boolean =>
  format !== undefined && hasAlpha !== true && tool !== undefined && findTool(tool)?.makesTransparency === true;

const opaqueNote = (): string => l10n.t("The result has no transparency.");

const safetyNote = (): string => l10n.t("The safety check flagged the content.");

/** Where pictures are that the vault could not take. */
function fallbackNotes(paths: readonly string[]): readonly string[] {
  const [path, ...others] = paths;
  if (path === undefined) {
    return [];
  }
  return [
    others.length === 0
      ? l10n.t("Limn's vault cannot be written, so a picture is stored at {0} for now. See the log.", path)
      : l10n.t(
          "Limn's vault cannot be written, so {0} pictures are stored elsewhere for now, the first at {1}. See the log.",
          paths.length,
          path,
        ),
  ];
}

/** Sentences about what differs from the request in one picture. */
export function pictureNotes(job: Job, picture: Picture): readonly string[] {
  const size = isStored(picture) ? deliveredSize(job, picture) : undefined;
  const unshownFormat = unshownFormatOf(picture);
  return [
    ...(size === undefined ? [] : [sizeNote(job, size)]),
    ...(unshownFormat === undefined ? [] : [unsupportedFormatNote(unshownFormat)]),
    ...fallbackNotes(picture.fallbackPath === undefined ? [] : [picture.fallbackPath]),
    ...(lacksTransparency(job, picture) ? [opaqueNote()] : []),
    ...(picture.unsafe === true ? [safetyNote()] : []),
  ];
}

/**
 * Sentences about what differs from the request in a job's downloaded pictures. The same sentence
 * appears once.
 */
export function jobNotes(job: Job): readonly string[] {
  const { pictures, failures, request } = job;
  const sizes = pictures.filter(isStored).flatMap((picture) => deliveredSize(job, picture) ?? []);
  const reasons = failures.map(({ message }) => message).filter((message) => message !== "");
  return [
    ...[...new Set(sizes)].map((size) => sizeNote(job, size)),
    ...[...new Set(pictures.flatMap((picture) => unshownFormatOf(picture) ?? []))].map(unsupportedFormatNote),
    ...(pictures.length < request.count
      ? [l10n.t("{0} of {1} pictures were made.", pictures.length, request.count)]
      : []),
    ...new Set(reasons),
    ...billingNotes(job),
    ...fallbackNotes(pictures.flatMap(({ fallbackPath }) => fallbackPath ?? [])),
    ...(pictures.some((picture) => lacksTransparency(job, picture)) ? [opaqueNote()] : []),
    ...(pictures.some(({ unsafe }) => unsafe) ? [safetyNote()] : []),
  ];
}

/**
 * The same, and why a picture could not be downloaded. The panel shows that reason beside “Check
 * Again” itself.
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

/** What reports whether the files of jobs can be written. */
export interface JournalOfNotes {
  readonly jobs: { readonly journal: Pick<Journal, "unwrittenReason"> };
}

/** Says that the job file cannot be written; `undefined` if it can. */
export function journalErrorNote({ jobs }: JournalOfNotes, id: string): string | undefined {
  const reason = jobs.journal.unwrittenReason(id);
  return reason === undefined
    ? undefined
    : l10n.t(
        "Limn could not store the state of this request. {0} Nothing is lost, and nothing is bought again: Limn checks again at the next start.",
        reason,
      );
}

/** All sentences about a job that has ended, when its pictures are saved. */
export function outcomeNotes(services: JournalOfNotes, job: Job): readonly string[] {
  const journalError = journalErrorNote(services, job.taskUUID);
  return [...allJobNotes(job), ...(journalError === undefined ? [] : [journalError])];
}
