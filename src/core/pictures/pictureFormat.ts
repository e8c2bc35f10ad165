import type { Picture } from "../jobs/job.ts";
import { type OutputFormat, outputFormats } from "../models/model.ts";
import type { ReceivedHeader } from "./inspection.ts";
import { extensionByOtherFormat } from "./otherFormat.ts";

/** File extension without the dot, by format. */
export const extensionByFormat: Readonly<Record<OutputFormat, string>> = { JPG: "jpg", PNG: "png", WEBP: "webp" };

/** File extension of a received picture, without the dot. */
export const extensionFor = (header: ReceivedHeader): string =>
  "otherFormat" in header ? extensionByOtherFormat[header.otherFormat] : extensionByFormat[header.format];

/** Format by file extension, in all the spellings that are in use. */
export const formatByExtension: Readonly<Record<string, OutputFormat>> = {
  jpg: "JPG",
  jpeg: "JPG",
  jfif: "JPG",
  jpe: "JPG",
  png: "PNG",
  webp: "WEBP",
};

/**
 * The format of a file name's extension, such as `WEBP` for `a.webp`; `undefined` for other files.
 */
export function formatOfName(name: string): OutputFormat | undefined {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(formatByExtension, extension) ? formatByExtension[extension] : undefined;
}

/** The format of this name; `undefined` if this version of Limn does not know it. */
export const knownFormat = (name: string): OutputFormat | undefined => outputFormats.find((format) => format === name);

/**
 * Name of a picture's format if Limn stores it and cannot show it, or does not know it because a
 * later version stored it; `undefined` for a picture that can be shown.
 */
export function unshownFormatOf({ format, otherFormat }: Pick<Picture, "format" | "otherFormat">): string | undefined {
  return otherFormat ?? (format === undefined || knownFormat(format) !== undefined ? undefined : format);
}
