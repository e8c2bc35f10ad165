import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { currentFiles, type FileView, type LinkedText, linkedFile, seenOnce } from "../imageLinks/linkedFile.ts";
import type { MissingImage } from "./missingImage.ts";
import { canBeMade, requestOfLink } from "./requestOfLink.ts";

/** Links of a text whose files are looked for at a time. */
const maxLookups = 16;

/** The images that a text links to, that do not exist, and that the models can make. */
export async function missingImagesOf(
  linked: LinkedText,
  files: FileView = currentFiles,
): Promise<readonly MissingImage[]> {
  const { readImageLinks } = await import("../../core/links/reading/readImageLinks.ts");
  const links = readImageLinks(linked.text, linked.languageId).filter(({ path }) => canBeMade(path));
  // The first link to an image says what it shows.
  const byPath = new Map(links.toReversed().map((link) => [link.path, link]));
  const limit = createConcurrencyLimit(maxLookups);
  const seen = seenOnce(files);
  const images = [...byPath.values()].reverse().map((link) =>
    limit(async () => {
      const file = await linkedFile(linked, link.path, seen);
      return file === undefined || file.exists ? [] : [requestOfLink(linked, link, file.uri)];
    }),
  );
  return (await Promise.all(images)).flat();
}
