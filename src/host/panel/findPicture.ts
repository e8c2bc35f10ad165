import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Job } from "../../core/jobs/job.ts";
import type { PictureRef } from "../../protocol.ts";
import type { JobPicture } from "../lightTable/comparePictures.ts";
import type { PanelContext } from "./panelContext.ts";

/** A picture, its job, and the name of its file in the vault. */
export interface VaultPicture extends JobPicture {
  readonly file: string;
}

/** Returns the job with this id; throws a `LimnError` if it is not in the journal. */
export function findJob({ services }: PanelContext, id: string): Job {
  const job = services.jobs.journal.get(id);
  if (job === undefined || job.forgotten === true) {
    throw new LimnError("unexpected", l10n.t("This job does not exist any more. Another window may have removed it."));
  }
  return job;
}

/** Returns a picture; throws a `LimnError` if it does not exist or has not arrived. */
export function findPicture(context: PanelContext, { job: jobId, picture: pictureId }: PictureRef): VaultPicture {
  const job = findJob(context, jobId);
  const picture = job.pictures.find(({ id }) => id === pictureId);
  if (picture?.file === undefined) {
    throw new LimnError("unexpected", l10n.t("This picture has not arrived. Use “Check Again” on its job."));
  }
  return { job, picture, file: picture.file };
}
