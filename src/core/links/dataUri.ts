import type { Pixels } from "../models/size.ts";
import { linkForms, linkMarkup } from "./link.ts";
import type { LinkForms } from "./linkEdit.ts";

const svgType = "image/svg+xml";

/** Media types of the images that browsers show, by the names that `probeAny` has for formats. */
const mediaTypes: Readonly<Record<string, string>> = {
  PNG: "image/png",
  JPG: "image/jpeg",
  WEBP: "image/webp",
  AVIF: "image/avif",
  GIF: "image/gif",
  BMP: "image/bmp",
  ICO: "image/x-icon",
  SVG: svgType,
};

/** The media type of a format that `probeAny` has a name for. */
export const mediaTypeOf = (format: string): string => mediaTypes[format] ?? "";

/** An image whose bytes a link contains. */
export interface EmbeddedImage {
  /** A name that `probeAny` has for formats. */
  readonly format: string;
  readonly base64: string;
  /** The text of an SVG image; absent for other formats. */
  readonly svg?: string;
  readonly size: Pixels;
  readonly alt: string;
}

/** The data URI of an image in base64, which no language has to escape. Source: RFC 2397. */
export const dataUri = ({ format, base64 }: EmbeddedImage): string => `data:${mediaTypeOf(format)};base64,${base64}`;

/** Characters that end no address, and start nothing else, in any of the languages. */
const plain = /%(?:2B|2C|2F|3A|3B|3D|40)/g;

/** Percent-encodes a text, also what ends an address in some languages. */
const encodeSvg = (text: string): string =>
  encodeURIComponent(text)
    .replace(plain, decodeURIComponent)
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The shortest data URI of an image: an SVG image is percent-encoded if that is shorter. Only for
 * languages whose links are URLs.
 */
function shortDataUri(image: EmbeddedImage): string {
  const uri = dataUri(image);
  const encoded = image.svg === undefined ? uri : `data:${svgType},${encodeSvg(image.svg)}`;
  return encoded.length < uri.length ? encoded : uri;
}

/** Languages that decode no percent-encoding in the path of an image. */
const withoutEncoding: ReadonlySet<string> = new Set(["restructuredtext", "asciidoc"]);

/** Whether documents in this language can show an image that a link contains. */
export const canEmbedImages = (languageId: string): boolean => languageId !== "latex";

/** The link with a data URI in the language of the document. */
export function embeddedLink(languageId: string, image: EmbeddedImage): LinkForms {
  const path = withoutEncoding.has(languageId) ? dataUri(image) : shortDataUri(image);
  return linkForms(languageId, { path, alt: image.alt, size: image.size });
}

/** A text that an image can be copied as, by what it is for. */
export const imageTexts = {
  markdown: (image) => linkMarkup("markdown", { path: shortDataUri(image), alt: image.alt }),
  html: (image) => linkMarkup("html", { path: shortDataUri(image), alt: image.alt, size: image.size }),
  css: (image) => linkMarkup("css", { path: shortDataUri(image), alt: image.alt }),
  dataUri,
  base64: ({ base64 }) => base64,
} as const satisfies Readonly<Record<string, (image: EmbeddedImage) => string>>;
