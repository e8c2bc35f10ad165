import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { altText } from "../../core/links/altText.ts";
import { readRemoteReference } from "../../core/request/remoteReference.ts";
import type { Services } from "../services.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { CompareSource } from "./compareSource.ts";
import type { OpenOptions } from "./lightTableDeps.ts";

/** A picture and its job. */
export interface JobPicture {
  readonly job: Job;
  readonly picture: Picture;
}

/** What comparing pictures works with. */
type CompareServices = Pick<Services, "lightTable" | "vault">;

/** A picture of the vault; its label is the file it was kept as, or words of its prompt. */
function pictureSource(services: CompareServices, { job, picture }: JobPicture): CompareSource {
  if (picture.file === undefined) {
    throw new LimnError("files", l10n.t("This picture has not arrived yet, so it cannot be compared."));
  }
  const [kept] = picture.kept;
  const number = job.pictures.findIndex(({ id }) => id === picture.id) + 1;
  const label =
    kept === undefined
      ? l10n.t("Picture {0} of “{1}”", number, altText(job.request.prompt))
      : shownPath(Uri.parse(kept));
  return { uri: vaultUri(services, picture), label };
}

/** The first image file among the references of a job. */
export const referenceFile = ({ request }: Job) =>
  request.references.find(({ source }) => source !== undefined && readRemoteReference(source) === undefined);

async function compare(
  services: CompareServices,
  before: CompareSource,
  after: JobPicture,
  options: OpenOptions | undefined,
): Promise<void> {
  const sources = [before, pictureSource(services, after)] as const;
  const lightTable = await services.lightTable.load();
  await lightTable.compare(sources, { job: after.job.taskUUID, picture: after.picture.id }, options);
}

/**
 * Compares a picture with the first image file among its references, or else with `otherwise`.
 * Throws a `LimnError` if there is none, or one of the two cannot be read.
 */
export async function compareWithReference(
  services: CompareServices,
  after: JobPicture,
  otherwise?: JobPicture,
  options?: OpenOptions,
): Promise<void> {
  const reference = referenceFile(after.job);
  if (reference?.source !== undefined) {
    await compare(services, { uri: Uri.parse(reference.source), label: reference.label }, after, options);
  } else if (otherwise === undefined) {
    throw new LimnError(
      "files",
      l10n.t("This picture was not made from an image file, so there is none to compare it with."),
    );
  } else {
    await comparePictures(services, otherwise, after, options);
  }
}

/** Compares two pictures of the vault. Throws a `LimnError` if one cannot be read. */
export async function comparePictures(
  services: CompareServices,
  before: JobPicture,
  after: JobPicture,
  options?: OpenOptions,
): Promise<void> {
  await compare(services, pictureSource(services, before), after, options);
}
