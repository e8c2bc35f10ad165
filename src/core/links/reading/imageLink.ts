import { lineIndexAt } from "../lines.ts";
import type { TimeLimit } from "./timeLimit.ts";

/** A part of a document. Offsets are in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A link to an image, as a document contains it. */
export interface ImageLink {
  /** The whole link, such as the element or the macro. */
  readonly range: TextRange;
  /** The path alone, without quotes, brackets, query and fragment. */
  readonly pathRange: TextRange;
  /** The path as it is written. */
  readonly written: string;
  /** The path of the file, without the escapes of the language and of URLs. */
  readonly path: string;
  /** What a template puts before the written path, such as `/static/`; `path` starts with it. */
  readonly prefix?: string;
  readonly alt?: string;
  /** In pixels; absent in other units. */
  readonly width?: number;
  readonly height?: number;
  /** The heading above the link, or the component or CSS rule that contains it. */
  readonly context?: string;
}

/** What a reader knows of a link besides its ranges. */
export type LinkDetails = Partial<Pick<ImageLink, "alt" | "width" | "height" | "context">>;

/** Reads the image links of a text, as far as the time allows; see `parseInTime`. */
export type LinkReader = (text: string, time: TimeLimit) => readonly ImageLink[];

/** The same link in the text that `offset` characters come before. */
export function shiftLink(link: ImageLink, offset: number): ImageLink {
  const shift = ({ start, end }: TextRange) => ({ start: start + offset, end: end + offset });
  return { ...link, range: shift(link.range), pathRange: shift(link.pathRange) };
}

/** Extensions of the images that browsers show. */
export const imageExtensions = ["png", "jpg", "jpeg", "webp", "gif", "svg", "ico", "avif", "bmp"] as const;

const imagePath = new RegExp(`\\.(?:${imageExtensions.join("|")})(?:[?#]|$)`, "i");

/** Whether a path ends in the extension of an image that browsers show, perhaps before a query. */
export const hasImageExtension = (path: string): boolean => imagePath.test(path);

function decodePercent(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * A link whose path is a URL.
 *
 * @param decode removes the escapes of the language.
 */
export function urlLink(
  text: string,
  range: TextRange,
  url: TextRange,
  decode: (written: string) => string,
  details: LinkDetails,
): ImageLink {
  // A hash sign behind an ampersand belongs to an entity, such as “&#39;”.
  const written = text.slice(url.start, url.end).replace(/(?:\?|(?<!&)#).*$/s, "");
  const pathRange = { start: url.start, end: url.start + written.length };
  return { range, pathRange, written, path: decodePercent(decode(written)), ...details };
}

/** A link whose path is the name of a file, which no tool decodes. */
export const fileLink = (
  text: string,
  range: TextRange,
  pathRange: TextRange,
  decode: (written: string) => string,
  details: LinkDetails,
): ImageLink => {
  const written = text.slice(pathRange.start, pathRange.end);
  return { range, pathRange, written, path: decode(written), ...details };
};

/**
 * The addresses in a value of `srcset`. Source: HTML, 4.8.4.2.1.
 *
 * @param start offset of the value.
 */
export const candidatesOf = (value: string, start: number): readonly TextRange[] =>
  // Behind an address is a comma or a descriptor, so no position is read twice.
  [...value.matchAll(/([^\s,](?:\S*[^\s,])?)(?:,|[^,]*)/g)].map(({ 1: url = "", index }) => ({
    start: start + index,
    end: start + index + url.length,
  }));

/** A size in pixels from text such as `600`, `600px` or `{600}`; empty in another unit. */
export function pixelsOf(name: "width" | "height", value: string | undefined): LinkDetails {
  const [, pixels] = /^\{?\s*(\d{1,5})(?:px)?\s*\}?$/.exec(value?.trim() ?? "") ?? [];
  return pixels === undefined || Number(pixels) === 0 ? {} : { [name]: Number(pixels) };
}

/** The last of the headings that start before the offset, as a detail of a link. */
export function contextAt(headings: readonly { readonly start: number; readonly title: string }[], offset: number) {
  const heading = headings[lineIndexAt(headings, offset)];
  return heading === undefined || heading.start >= offset || heading.title === "" ? {} : { context: heading.title };
}
