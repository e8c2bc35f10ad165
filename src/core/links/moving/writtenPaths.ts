import { LimnError } from "../../errors.ts";
import { linkForms } from "../link.ts";
import type { ImageLink } from "../reading/imageLink.ts";

/** Languages whose paths are names of files, not URLs. */
const hasFileNames = (languageId: string): boolean => languageId === "latex" || languageId === "restructuredtext";

/** Characters that URLs need not escape, and that some authors escape nevertheless. */
const optionallyEscaped = /[ !'()*,$]/;

/** Percent-encodes what has to be, and of the rest what the old path does not contain as it is. */
const encodeLike = (old: string, part: string): string =>
  [...part]
    .map((character) => {
      const isPlain =
        /[\w.~@+=-]/.test(character) ||
        (optionallyEscaped.test(character) && old.includes(character)) ||
        (/[^\0-\x7f]/.test(character) && /[^\0-\x7f]/.test(old));
      return isPlain ? character : encodeCharacter(character);
    })
    .join("");

const encodeCharacter = (character: string): string =>
  /[!'()*]/.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(character);

/** The escapes of strings in code, which also end no quoted value. */
const escapeString = (part: string): string => part.replace(/[\\"'`]/g, "\\$&");

/** Length of what two lists have in common at their start. */
function commonLength(one: readonly string[], other: readonly string[]): number {
  const first = one.findIndex((part, index) => part !== other[index]);
  return first < 0 ? one.length : first;
}

/** The path with the new parts encoded; the others stay as they are written. */
function writePath({ written, path: old }: ImageLink, path: string, encode: (part: string) => string): string {
  const [raw, before, after] = [written.split("/"), old.split("/"), path.split("/")];
  const isSplit = raw.length === before.length;
  const start = isSplit ? commonLength(before, after) : 0;
  const end = isSplit ? commonLength(before.slice(start).reverse(), after.slice(start).reverse()) : 0;
  return [
    ...raw.slice(0, start),
    ...after.slice(start, after.length - end).map(encode),
    ...raw.slice(raw.length - end),
  ].join("/");
}

/**
 * Ways to write the path of a link in its place, as similar to the old one as possible; the best
 * first. Not all of them are right everywhere: the result has to be read again. None if the
 * language cannot name such a file.
 */
export function writtenPaths(languageId: string, link: ImageLink, path: string): readonly string[] {
  const { prefix = "" } = link;
  if (!path.startsWith(prefix)) return [];
  const encoders = [
    ...(hasFileNames(languageId) ? [] : [(part: string) => encodeLike(link.written, part)]),
    (part: string) => linkForms(languageId, { path: encodeURIComponent(part), alt: "" }).path,
    ...(hasFileNames(languageId) ? [] : [(part: string) => part, escapeString]),
  ];
  try {
    return [
      ...new Set(
        encoders.map((encode) =>
          writePath({ ...link, path: link.path.slice(prefix.length) }, path.slice(prefix.length), encode),
        ),
      ),
    ];
  } catch (error) {
    if (error instanceof LimnError) {
      return [];
    }
    throw error;
  }
}
