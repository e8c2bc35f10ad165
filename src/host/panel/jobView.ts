import { l10n } from "vscode";
import { belongsInVault, isOpen, type Job, type Picture } from "../../core/jobs/job.ts";
import { costOf, plausibleCost } from "../../core/jobs/jobCost.ts";
import { formatSize } from "../../core/models/size.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { mayBeBilled } from "../../core/money/spending.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import type { JobView, PictureView } from "../../protocol.ts";
import { jobNotes, pictureNotes } from "../jobs/resultNotes.ts";
import { thumbnailName } from "./pictures/thumbnails.ts";

/** What is known of jobs beside what stands in the journal. */
export interface JobViewContext {
  readonly isFollowed: (job: string) => boolean;
  /** Whether nothing of the job was sent yet. */
  readonly isUnsent: (job: string) => boolean;
  /** Whether the vault has a file of this name. */
  readonly isInVault: (file: string) => boolean;
  readonly hasThumbnail: (name: string) => boolean;
  /** Whether the URI is that of a file in a folder that is open. */
  readonly isInWorkspace: (uri: string) => boolean;
  /** When something of the job changed last, milliseconds since the epoch. */
  readonly lastSignAt: (job: Job) => number;
  /** A file's path as a person sees it. */
  readonly shownPath: (uri: string) => string;
}

/** A file of the workspace that the job's pictures can be compared with or put in place of. */
export const editedFile = (
  { request }: Job,
  { isInWorkspace }: Pick<JobViewContext, "isInWorkspace">,
): string | undefined =>
  request.references.map(({ source }) => source).find((source) => source !== undefined && isInWorkspace(source));

/** Whether the picture's file has gone from the vault, and nothing else explains that. */
const isMissingInVault = (picture: Picture, { isInVault }: JobViewContext): boolean =>
  belongsInVault(picture) && picture.rescued === undefined && !isInVault(picture.file ?? "");

/**
 * What was discarded or kept, and deleted in the vault, is not shown; what has not arrived yet, or
 * was lost, is.
 */
const isShown = (picture: Picture, { isInVault }: JobViewContext): boolean =>
  picture.file === undefined || picture.rescued !== undefined || belongsInVault(picture) || isInVault(picture.file);

function pictureView(job: Job, picture: Picture, context: JobViewContext): PictureView {
  const { hasThumbnail, shownPath } = context;
  const { id, imageUUID, file, width, height, format, otherFormat, seed, kept, starred, unsafe } = picture;
  const cost = plausibleCost(job, picture);
  const isMissing = isMissingInVault(picture, context);
  const problem = isMissing
    ? l10n.t("Its file is missing from Limn's own folder. Check Again fetches it while Runware has it.")
    : picture.problem;
  const thumbnail = thumbnailName(picture);
  const isStored = file !== undefined && !isMissing;
  return {
    id,
    ...(imageUUID === undefined ? {} : { imageUuid: imageUUID }),
    ...(isStored && width !== undefined ? { width } : {}),
    ...(isStored && height !== undefined ? { height } : {}),
    ...(isStored && format !== undefined ? { format } : {}),
    ...(isStored && otherFormat !== undefined ? { otherFormat } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(cost === undefined ? {} : { cost }),
    ...(hasThumbnail(thumbnail) ? { thumbnail } : {}),
    ...(problem === undefined ? {} : { problem: escapeBidiControls(problem) }),
    kept: kept.map(shownPath).map(escapeBidiControls),
    isStarred: starred === true,
    isUnsafe: unsafe === true,
    notes: pictureNotes(job, picture).map(escapeBidiControls),
  };
}

function shapeLabel({ shape }: Job["request"]): string {
  if (shape === "like-reference") {
    return l10n.t("like the reference");
  }
  return "resolution" in shape ? l10n.t("{0} like the reference", shape.resolution.toUpperCase()) : formatSize(shape);
}

/**
 * A job as the page shows it; `undefined` where nothing is left of it that a person would want to
 * see.
 */
export function jobView(job: Job, context: JobViewContext): JobView | undefined {
  const present = job.pictures.filter((picture) => isShown(picture, context));
  const shown = present.filter(({ discarded }) => discarded !== true);
  const discarded = present.filter((picture) => picture.discarded === true && picture.file !== undefined);
  if (job.state === "done" && shown.length + discarded.length === 0) {
    return undefined;
  }
  const { prompt, count, format, references } = job.request;
  // While pictures are still to come, what is told so far is not the price.
  const cost = isOpen(job) ? undefined : costOf(job);
  return {
    id: job.taskUUID,
    state: job.state,
    isFollowed: context.isFollowed(job.taskUUID),
    ...(context.isUnsent(job.taskUUID) ? { isUnsent: true } : {}),
    createdAt: job.createdAt,
    ...(job.progress === undefined ? {} : { progress: job.progress }),
    lastActivityAt: context.lastSignAt(job),
    prompt,
    shape: shapeLabel(job.request),
    count,
    format,
    references: references.map(({ label }) => escapeBidiControls(label)),
    hasReferenceFile: editedFile(job, context) !== undefined,
    failures: job.failures.map(({ message, field }) => ({
      message: escapeBidiControls(message),
      ...(field === undefined ? {} : { field }),
    })),
    notes: job.state === "done" ? jobNotes(job).map(escapeBidiControls) : [],
    estimate: job.estimate,
    ...(cost === undefined ? {} : { cost }),
    isSandbox: !usesRealMoney(job),
    mayBeBilled: mayBeBilled(job),
    pictures: shown.map((picture) => pictureView(job, picture, context)),
    ...(discarded.length === 0 ? {} : { discarded: discarded.map((picture) => pictureView(job, picture, context)) }),
  };
}
