import { l10n } from "vscode";
import { believedCost, costOf, isOpen, type Job, type Picture } from "../../core/job.ts";
import { costsMoney, mayBeBilled } from "../../core/ledger.ts";
import { belongsInVault } from "../../core/recovery.ts";
import { formatSize } from "../../core/size.ts";
import { visible } from "../../core/visible.ts";
import type { JobView, PictureView } from "../../protocol.ts";
import { jobSurprises, pictureSurprises } from "../surprises.ts";
import { thumbnailOf } from "./thumbnails.ts";

/** What is known of jobs beside what stands in the journal. */
export interface Surroundings {
  readonly isFollowed: (job: string) => boolean;
  /** Whether nothing of the job was sent yet. */
  readonly isUnsent: (job: string) => boolean;
  /** Whether the vault has a file of this name. */
  readonly inVault: (file: string) => boolean;
  readonly hasThumbnail: (name: string) => boolean;
  /** Whether the URI is that of a file in a folder that is open. */
  readonly inWorkspace: (uri: string) => boolean;
  /** When something of the job changed last, milliseconds since the epoch. */
  readonly lastSignAt: (job: Job) => number;
  /** A file's path as a person sees it. */
  readonly shownPath: (uri: string) => string;
}

/** A file of the workspace that the job's pictures can be compared with or put in place of. */
export const editedFile = ({ request }: Job, { inWorkspace }: Pick<Surroundings, "inWorkspace">): string | undefined =>
  request.references.map(({ source }) => source).find((source) => source !== undefined && inWorkspace(source));

/** Whether the picture's file has gone from the vault, and nothing else explains that. */
const isLost = (picture: Picture, { inVault }: Surroundings): boolean =>
  belongsInVault(picture) && picture.rescued === undefined && !inVault(picture.file ?? "");

/** What was discarded or kept, and deleted in the vault, is not shown; what has not arrived yet, or was lost, is. */
const isShown = (picture: Picture, { inVault }: Surroundings): boolean =>
  picture.file === undefined || picture.rescued !== undefined || belongsInVault(picture) || inVault(picture.file);

function pictureView(job: Job, picture: Picture, surroundings: Surroundings): PictureView {
  const { hasThumbnail, shownPath } = surroundings;
  const { id, imageUUID, file, width, height, format, otherFormat, seed, kept, starred, unsafe } = picture;
  const cost = believedCost(job, picture);
  const lost = isLost(picture, surroundings);
  const problem = lost
    ? l10n.t("Its file is missing from Limn's own folder. Check Again fetches it while Runware has it.")
    : picture.problem;
  const thumbnail = thumbnailOf(picture);
  const arrived = file !== undefined && !lost;
  return {
    id,
    ...(imageUUID === undefined ? {} : { imageUuid: imageUUID }),
    ...(arrived && width !== undefined ? { width } : {}),
    ...(arrived && height !== undefined ? { height } : {}),
    ...(arrived && format !== undefined ? { format } : {}),
    ...(arrived && otherFormat !== undefined ? { otherFormat } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(cost === undefined ? {} : { cost }),
    ...(hasThumbnail(thumbnail) ? { thumbnail } : {}),
    ...(problem === undefined ? {} : { problem: visible(problem) }),
    kept: kept.map(shownPath).map(visible),
    starred: starred === true,
    unsafe: unsafe === true,
    notes: pictureSurprises(job, picture).map(visible),
  };
}

function shapeText({ shape }: Job["request"]): string {
  if (shape === "like-reference") {
    return l10n.t("like the reference");
  }
  return "resolution" in shape ? l10n.t("{0} like the reference", shape.resolution.toUpperCase()) : formatSize(shape);
}

/** A job as the page shows it; `undefined` where nothing is left of it that a person would want to see. */
export function jobView(job: Job, surroundings: Surroundings): JobView | undefined {
  const here = job.pictures.filter((picture) => isShown(picture, surroundings));
  const shown = here.filter(({ discarded }) => discarded !== true);
  const discarded = here.filter((picture) => picture.discarded === true && picture.file !== undefined);
  if (job.state === "done" && shown.length + discarded.length === 0) {
    return undefined;
  }
  const { prompt, count, format, references } = job.request;
  // While pictures are still to come, what is told so far is not the price.
  const cost = isOpen(job) ? undefined : costOf(job);
  return {
    id: job.taskUUID,
    state: job.state,
    followed: surroundings.isFollowed(job.taskUUID),
    ...(surroundings.isUnsent(job.taskUUID) ? { unsent: true } : {}),
    createdAt: job.createdAt,
    ...(job.progress === undefined ? {} : { progress: job.progress }),
    lastSignAt: surroundings.lastSignAt(job),
    prompt,
    shape: shapeText(job.request),
    count,
    format,
    references: references.map(({ label }) => visible(label)),
    edited: editedFile(job, surroundings) !== undefined,
    failures: job.failures.map(({ message, field }) => ({
      message: visible(message),
      ...(field === undefined ? {} : { field }),
    })),
    notes: job.state === "done" ? jobSurprises(job).map(visible) : [],
    estimate: job.estimate,
    ...(cost === undefined ? {} : { cost }),
    sandbox: !costsMoney(job),
    mayBeBilled: mayBeBilled(job),
    pictures: shown.map((picture) => pictureView(job, picture, surroundings)),
    ...(discarded.length === 0
      ? {}
      : { discarded: discarded.map((picture) => pictureView(job, picture, surroundings)) }),
  };
}
