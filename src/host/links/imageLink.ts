import { posix } from "node:path";
import type { Uri } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { altText } from "../../core/links/link.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import type { Services } from "../services.ts";
import { isKeptAs } from "../workspace/fileUri.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { type LinkDocument, linkText } from "./linkText.ts";

/** What a link to an image needs to know. */
export type LinkServices = Pick<Services, "jobs" | "ports">;

/** Words of a file name, for those who do not see the picture: `red-hut_2.png` is “red hut 2”. */
const altTextFromFileName = ({ path }: Uri): string =>
  posix
    .basename(path, posix.extname(path))
    .replace(/[-_\s]+/g, " ")
    .trim();

/** The job that made a file, if one did. */
const findJobOfFile = ({ jobs }: LinkServices, file: Uri): Job | undefined =>
  jobs.journal.list().find(({ pictures }) => pictures.some((picture) => isKeptAs(picture, file)));

/**
 * The link to an image file in the document's own language, with the pixels it has now; without
 * pixels if Limn kept the file in a format that it cannot read. `undefined` if the file is no
 * image, or no path leads to it from the document.
 *
 * @throws what the file system throws if the file cannot be read.
 */
export async function createImageLink(
  services: LinkServices,
  document: LinkDocument,
  file: Uri,
): Promise<string | undefined> {
  const bytes = await readRegularFile(file, maxImageFileBytes);
  const size = bytes && services.ports.probe(bytes);
  const job = findJobOfFile(services, file);
  const alt = job === undefined ? altTextFromFileName(file) : altText(job.request.prompt);
  const isUnsupportedFormat = job?.pictures.some(
    (picture) => picture.otherFormat !== undefined && isKeptAs(picture, file),
  );
  return size === undefined && isUnsupportedFormat !== true ? undefined : linkText(document, file, alt, size);
}
