import { l10n } from "vscode";
import type { Job, Picture } from "../core/job.ts";
import { costsMoney, mayBeBilled } from "../core/ledger.ts";
import { formatSize } from "../core/size.ts";

/** A picture that is here: its facts are those of its bytes. */
const isHere = ({ file }: Picture): boolean => file !== undefined;

/** The pixels of a picture that has others than were asked for. */
function otherSize({ request: { shape } }: Job, { width, height }: Picture): string | undefined {
  const isExact = typeof shape === "object" && "width" in shape;
  return !isExact || width === undefined || height === undefined || (width === shape.width && height === shape.height)
    ? undefined
    : formatSize({ width, height });
}

const sizeNote = (size: string): string => l10n.t("Runware delivered {0} pixels, not the size you asked for.", size);

/** What is not sure of the money. */
function billNotes(job: Job): readonly string[] {
  const claims = costsMoney(job) ? job.pictures.flatMap(({ claimedCost }) => claimedCost ?? []) : [];
  return [
    ...(job.pictures.length > 0 && mayBeBilled(job) ? [l10n.t("What is missing may have been billed.")] : []),
    ...[...new Set(claims)].map((usd) =>
      l10n.t("Runware said that a picture cost {0} USD, which cannot be: the estimate is counted.", usd),
    ),
  ];
}

/** What is said of a picture that is stored as it came. */
export const unshownNote = (format: string): string => l10n.t("A {0} file, which Limn cannot show.", format);

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
export function pictureSurprises(job: Job, picture: Picture): readonly string[] {
  const size = isHere(picture) ? otherSize(job, picture) : undefined;
  return [
    ...(size === undefined ? [] : [sizeNote(size)]),
    ...(picture.otherFormat === undefined ? [] : [unshownNote(picture.otherFormat)]),
    ...rescueNotes(picture.rescued === undefined ? [] : [picture.rescued]),
    ...(picture.unsafe === true ? [safetyNote()] : []),
  ];
}

/** What of a job's pictures that are here is not as it was asked for, each as a sentence; one sentence for those that are alike. */
export function jobSurprises(job: Job): readonly string[] {
  const { pictures, failures, request } = job;
  const sizes = pictures.filter(isHere).flatMap((picture) => otherSize(job, picture) ?? []);
  const reasons = failures.map(({ message }) => message).filter((message) => message !== "");
  return [
    ...[...new Set(sizes)].map(sizeNote),
    ...[...new Set(pictures.flatMap(({ otherFormat }) => otherFormat ?? []))].map(unshownNote),
    ...(pictures.length < request.count
      ? [l10n.t("{0} of {1} pictures were made.", pictures.length, request.count)]
      : []),
    ...new Set(reasons),
    ...billNotes(job),
    ...rescueNotes(pictures.flatMap(({ rescued }) => rescued ?? [])),
    ...(pictures.some(({ unsafe }) => unsafe) ? [safetyNote()] : []),
  ];
}

/** The same, and why a picture is not here: for those who do not see the job in the panel, which tells that beside *Check Again*. */
export function surprises(job: Job): readonly string[] {
  const missing = job.pictures.find((picture) => !isHere(picture) && picture.problem !== undefined);
  return [
    ...jobSurprises(job),
    ...(missing?.problem === undefined
      ? []
      : [l10n.t("A picture could not be fetched: {0} “Limn: Show Unfinished Jobs” tries again.", missing.problem)]),
  ];
}
