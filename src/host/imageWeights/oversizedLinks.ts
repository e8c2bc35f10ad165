import { Diagnostic, DiagnosticSeverity, Range, type TextDocument } from "vscode";
import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { anyMention } from "../../core/links/moving/mentions.ts";
import type { ImageLink } from "../../core/links/reading/imageLink.ts";
import { linksOf } from "../imageLinks/documentLinks.ts";
import {
  currentFiles,
  type FileView,
  type LinkedText,
  linkedFile,
  linkedTextOf,
  seenOnce,
} from "../imageLinks/linkedFile.ts";
import { oversizeSentence } from "../imageLinks/oversizeSentence.ts";
import { type ImageFile, readImage } from "../imageLinks/readImage.ts";
import { rememberUntilChange } from "../workspace/rememberUntilChange.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** Code of the problems, which the light bulb finds them by. */
export const oversizedImage = "oversized-image";

/** Bounds of a check: characters of a document, its links, and images that are read at a time. */
const [maxLength, maxLinks, maxReads] = [2_000_000, 500, 4];

/** What is known of an image. */
const imageAt = rememberUntilChange<ImageFile | undefined>(readImage, undefined);

/** The problem of a link; none if its image is not too large or cannot be read. */
async function problemOf(
  document: TextDocument,
  linked: LinkedText,
  link: ImageLink,
  files: FileView,
): Promise<readonly Diagnostic[]> {
  const file = await linkedFile(linked, link.path, files);
  const image = file?.exists === true ? await imageAt(file.uri) : undefined;
  const sentence = image && oversizeSentence(link, image, shownPath(image.uri));
  if (sentence === undefined) {
    return [];
  }
  const { start, end } = link.pathRange;
  const range = new Range(document.positionAt(start), document.positionAt(end));
  const problem = new Diagnostic(range, sentence, DiagnosticSeverity.Information);
  problem.source = "Limn";
  problem.code = oversizedImage;
  return [problem];
}

/** The problems of a document: its links to images that are far larger than the link shows them. */
export async function oversizedLinks(
  document: TextDocument,
  files: FileView = currentFiles,
): Promise<readonly Diagnostic[]> {
  const linked = linkedTextOf(document);
  if (linked === undefined || linked.text.length > maxLength || !anyMention.test(linked.text)) {
    return [];
  }
  const links = (await linksOf(document)).slice(0, maxLinks);
  const limit = createConcurrencyLimit(maxReads);
  const seen = seenOnce(files);
  return (await Promise.all(links.map((link) => limit(() => problemOf(document, linked, link, seen))))).flat();
}
