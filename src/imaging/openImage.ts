import sharp, { type Sharp } from "sharp";
import { detectFormat } from "./detectFormat.ts";

// What a camera makes, and what fits into the memory of the worker.
const pixelLimit = 120_000_000;

/** A failure worded for a person; `cause` holds the library's own words. */
export class UnreadableImageError extends Error {}

// Foreign bytes reach no loader but these three; SVG is for drawings of our own, whose bytes never
// pass through here.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadSvg"],
});
// The memory of a wasm module never shrinks, so nothing is held for later.
sharp.cache(false);

/**
 * Opens a foreign picture as browsers show it: a JPEG or PNG is turned as its EXIF orientation
 * says, a WebP is not (measured in Chromium 156; the library would turn all three). Nothing is
 * decoded yet: failures come at encoding.
 * @throws Unreadable where the bytes do not begin like a PNG, JPEG or WebP.
 */
export function openImage(bytes: Uint8Array): Sharp {
  const format = detectFormat(bytes);
  if (format === undefined) {
    throw new UnreadableImageError(
      "This file is not a PNG, JPEG or WebP picture. Choose another file, or convert it first.",
    );
  }
  const picture = sharp(bytes, { failOn: "truncated", limitInputPixels: pixelLimit });
  return format === "WEBP" ? picture : picture.autoOrient();
}

/** The sentence for whatever went wrong while a foreign picture was decoded. */
export function openFailureMessage(error: unknown): string {
  if (error instanceof UnreadableImageError) return error.message;
  const detail = String(error);
  if (/pixel limit/i.test(detail)) {
    return `This picture is larger than the ${pixelLimit / 1_000_000} megapixels Limn opens. Make it smaller first.`;
  }
  if (/memory|allocat/i.test(detail)) return "There is not enough memory to open this picture. Make it smaller first.";
  return "This picture is cut off or damaged and cannot be opened. Save it again, or choose another file.";
}
