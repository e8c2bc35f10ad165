import sharp, { type Sharp } from "sharp";
import { detectFormat } from "./detectFormat.ts";
import { type ImagingFailure, pixelLimit } from "./operation.ts";

/** An image that Limn cannot use, and why. */
export class UnreadableImageError extends Error {
  readonly reason: ImagingFailure;

  constructor(reason: ImagingFailure) {
    super(reason);
    this.name = "UnreadableImageError";
    this.reason = reason;
  }
}

// Only these three loaders get bytes from outside. SVG is for Limn's own drawings, whose bytes
// never pass through here.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadSvg"],
});
// The memory of a wasm module never shrinks, so nothing is cached.
sharp.cache(false);

/**
 * Opens a picture as browsers show it: a JPEG or PNG is turned by its EXIF orientation, a WebP is
 * not (measured in Chromium 156; the library would turn all three). Nothing is decoded yet: errors
 * come at encoding.
 * @throws UnreadableImageError if the bytes do not start like a PNG, JPEG or WebP.
 */
export function openImage(bytes: Uint8Array): Sharp {
  const format = detectFormat(bytes);
  if (format === undefined) {
    throw new UnreadableImageError("format");
  }
  const picture = sharp(bytes, { failOn: "truncated", limitInputPixels: pixelLimit });
  return format === "WEBP" ? picture : picture.autoOrient();
}

/** Why an image could not be decoded. The library has no error codes, so its messages decide. */
export function failureOf(error: unknown): ImagingFailure {
  if (error instanceof UnreadableImageError) return error.reason;
  const detail = String(error);
  if (/pixel limit/i.test(detail)) return "pixels";
  if (/memory|allocat/i.test(detail)) return "memory";
  return "damaged";
}
