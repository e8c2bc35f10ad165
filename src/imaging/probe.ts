import { imageMeta } from "image-meta";
import type { PictureFacts } from "../core/ports.ts";
import { formatOf } from "./magic.ts";

const pixels = (value: number): boolean => Number.isInteger(value) && value > 0;

/**
 * Reads format and pixels from a picture's header; `undefined` where the bytes are not a PNG, JPEG or WebP. Never throws.
 *
 * The pixels are those stored: a JPEG whose EXIF orientation turns it by a quarter shows with both sides swapped. What follows the
 * header is not looked at, so a picture that is cut off passes.
 */
export function probe(bytes: Uint8Array): PictureFacts | undefined {
  const format = formatOf(bytes);
  if (format === undefined) return undefined;
  try {
    const { width, height } = imageMeta(bytes);
    return pixels(width) && pixels(height) ? { format, width, height } : undefined;
  } catch {
    return undefined;
  }
}
