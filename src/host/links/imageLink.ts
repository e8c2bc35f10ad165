import type { Uri } from "vscode";
import { altText, altTextOfFileName } from "../../core/links/altText.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { unshownFormatOf } from "../../core/pictures/pictureFormat.ts";
import { readDraftFile } from "../draftImages/readDraftFile.ts";
import { picturesKeptAs } from "../jobs/keptPictures.ts";
import type { Services } from "../services.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { type LinkDocument, linkText } from "./linkText.ts";

/** What creating a link needs. */
export type LinkServices = Pick<Services, "jobs" | "ports">;

/**
 * The alt text of an image file, from the prompt of a draft image or of what Limn made it of, or
 * else from its name.
 */
export async function altTextOf({ jobs }: Pick<LinkServices, "jobs">, file: Uri): Promise<string> {
  const prompt = (await readDraftFile(file))?.prompt ?? picturesKeptAs(jobs, file)[0]?.job.request.prompt;
  return prompt === undefined ? altTextOfFileName(file.path) : altText(prompt);
}

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
  const [kept] = picturesKeptAs(services.jobs, file);
  const isUnsupportedFormat = kept !== undefined && unshownFormatOf(kept.picture) !== undefined;
  if (size === undefined && !isUnsupportedFormat) {
    return undefined;
  }
  return linkText(document, file, await altTextOf(services, file), size);
}
