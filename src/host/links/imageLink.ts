import type { Uri } from "vscode";
import { draftNamespace } from "../../core/draftImages/draftNamespace.ts";
import { altText, altTextOfFileName } from "../../core/links/altText.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { unshownFormatOf } from "../../core/pictures/pictureFormat.ts";
import { picturesKeptAs } from "../jobs/keptPictures.ts";
import type { Services } from "../services.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { type LinkDocument, linkText } from "./linkText.ts";

/** What creating a link needs. */
export type LinkServices = Pick<Services, "jobs" | "ports">;

/** The alt text of an image file: what Limn made it of, or else its name. */
export function altTextOf({ jobs }: Pick<LinkServices, "jobs">, file: Uri): string {
  const [kept] = picturesKeptAs(jobs, file);
  return kept === undefined ? altTextOfFileName(file.path) : altText(kept.job.request.prompt);
}

/** The alt text of a draft image, from its prompt; `undefined` for any other file. */
async function altTextOfDraft(bytes: Uint8Array): Promise<string | undefined> {
  // Other images need no parser.
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(draftNamespace)) {
    return undefined;
  }
  const draft = (await import("../../imaging/draftFile.ts")).readDraft(bytes);
  return draft && altText(draft.prompt);
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
  const alt = (bytes && (await altTextOfDraft(bytes))) ?? altTextOf(services, file);
  return linkText(document, file, alt, size);
}
