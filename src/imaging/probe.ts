import { imageMeta } from "image-meta";
import type { OutputFormat } from "../core/models/model.ts";
import type { PictureHeader } from "../core/ports.ts";
import { detectFormat } from "./detectFormat.ts";
import { orientationOfPng } from "./orientation.ts";

const isPixelCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** EXIF orientations that turn a picture by 90°. Source: EXIF 2.32, 4.6.4. */
const quarterTurnOrientations: ReadonlySet<number | undefined> = new Set([5, 6, 7, 8]);

interface Header {
  readonly width: number;
  readonly height: number;
  readonly orientation?: number | undefined;
}

function orientationIn(format: OutputFormat, bytes: Uint8Array, { orientation }: Header): number | undefined {
  try {
    return format === "PNG" ? orientationOfPng(bytes) : orientation;
  } catch {
    // EXIF that cannot be read turns nothing.
    return undefined;
  }
}

/**
 * Reads format and pixels from a picture's header; `undefined` if the bytes are not a PNG, JPEG or
 * WebP. Never throws.
 *
 * The pixels are those that browsers show, turned by the EXIF orientation of a JPEG or PNG.
 * Browsers do not turn WebP. Only the header is read, so a truncated picture passes.
 */
export function probe(bytes: Uint8Array): PictureHeader | undefined {
  const format = detectFormat(bytes);
  if (format === undefined) return undefined;
  try {
    const header = imageMeta(bytes);
    const { width, height } = header;
    if (!isPixelCount(width) || !isPixelCount(height)) return undefined;
    const isTurned = quarterTurnOrientations.has(orientationIn(format, bytes, header));
    return isTurned ? { format, width: height, height: width } : { format, width, height };
  } catch {
    return undefined;
  }
}
