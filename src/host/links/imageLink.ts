import type { Uri } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { altText, altTextOfFileName } from "../../core/links/altText.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { unshownFormatOf } from "../../core/pictures/pictureFormat.ts";
import type { Services } from "../services.ts";
import { isKeptAs } from "../workspace/fileUri.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { type LinkDocument, linkText } from "./linkText.ts";

/** What creating a link needs. */
export type LinkServices = Pick<Services, "jobs" | "ports">;

/** The job that the file came from, if one did. */
const findJobOfFile = ({ jobs }: LinkServices, file: Uri): Job | undefined =>
  jobs.journal.list().find(({ pictures }) => pictures.some((picture) => isKeptAs(picture, file)));

/**
 * The link to an image file in the language of the document, with the current size of the image;
 * without the size if Limn kept the file in a format it cannot read. `undefined` if the file is not
 * an image, or no path leads to it from the document.
 *
 * @throws the error of the file system if the file cannot be read.
 */
export async function createImageLink(
  services: LinkServices,
  document: LinkDocument,
  file: Uri,
): Promise<LinkForms | undefined> {
  const bytes = await readRegularFile(file, maxImageFileBytes);
  const size = bytes && services.ports.probe(bytes);
  const job = findJobOfFile(services, file);
  const alt = job === undefined ? altTextOfFileName(file.path) : altText(job.request.prompt);
  const isUnsupportedFormat = job?.pictures.some(
    (picture) => unshownFormatOf(picture) !== undefined && isKeptAs(picture, file),
  );
  return size === undefined && isUnsupportedFormat !== true ? undefined : linkText(document, file, alt, size);
}
