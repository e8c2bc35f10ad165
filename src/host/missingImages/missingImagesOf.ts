import { type LinkedText, linkedFile } from "../imageLinks/linkedFile.ts";
import type { MissingImage } from "./missingImage.ts";
import { canBeMade, requestOfLink } from "./requestOfLink.ts";

/** The images that a text links to, that do not exist, and that the models can make. */
export async function missingImagesOf(linked: LinkedText): Promise<readonly MissingImage[]> {
  const { readImageLinks } = await import("../../core/links/reading/readImageLinks.ts");
  const links = readImageLinks(linked.text, linked.languageId).filter(({ path }) => canBeMade(path));
  // The first link to an image says what it shows.
  const byPath = new Map(links.toReversed().map((link) => [link.path, link]));
  const images = [...byPath.values()].reverse().map(async (link) => {
    const file = await linkedFile(linked, link.path);
    return file === undefined || file.exists ? [] : [requestOfLink(linked, link, file.uri)];
  });
  return (await Promise.all(images)).flat();
}
