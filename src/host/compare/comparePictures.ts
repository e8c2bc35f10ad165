import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { altText } from "../../core/links/link.ts";
import { readRemoteReference } from "../../core/request/remoteReference.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { CompareSource } from "./compareSource.ts";
import { type CompareDeps, compareImages } from "./compareTab.ts";

/** A picture and its job. */
export interface JobPicture {
  readonly job: Job;
  readonly picture: Picture;
}

/** A picture of the vault; its label is the file it was kept as, or words of its prompt. */
function pictureSource(deps: CompareDeps, job: Job, picture: Picture): CompareSource {
  if (picture.file === undefined) {
    throw new LimnError("files", l10n.t("This picture has not arrived yet, so it cannot be compared."));
  }
  const [kept] = picture.kept;
  const number = job.pictures.findIndex(({ id }) => id === picture.id) + 1;
  const label =
    kept === undefined
      ? l10n.t("Picture {0} of “{1}”", number, altText(job.request.prompt))
      : shownPath(Uri.parse(kept));
  return { uri: vaultUri(deps, picture), label };
}

/**
 * Compares a picture with the first image file among its references. Throws a `LimnError` if there
 * is none, or one of the two cannot be read.
 */
export async function compareWithReference(deps: CompareDeps, job: Job, picture: Picture): Promise<void> {
  const reference = job.request.references.find(
    ({ source }) => source !== undefined && readRemoteReference(source) === undefined,
  );
  if (reference?.source === undefined) {
    throw new LimnError(
      "files",
      l10n.t("This picture was not made from an image file, so there is none to compare it with."),
    );
  }
  const before: CompareSource = { uri: Uri.parse(reference.source), label: reference.label };
  await compareImages(deps, before, pictureSource(deps, job, picture));
}

/** Compares two pictures of the vault. Throws a `LimnError` if one cannot be read. */
export async function comparePictures(deps: CompareDeps, a: JobPicture, b: JobPicture): Promise<void> {
  await compareImages(deps, pictureSource(deps, a.job, a.picture), pictureSource(deps, b.job, b.picture));
}
