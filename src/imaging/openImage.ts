import { closeSync, openSync, readSync } from "node:fs";
import sharp, { type Sharp } from "sharp";
import { detectFormat } from "./detectFormat.ts";
import { type ImagingFailure, type PictureSource, pixelLimit } from "./operation.ts";

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

/** Bytes from which a format is detected. */
const signatureLength = 12;

function readSignature(file: string): Uint8Array {
  const signature = new Uint8Array(signatureLength);
  const descriptor = openSync(file, "r");
  try {
    return signature.subarray(0, readSync(descriptor, signature));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Opens a picture as browsers show it: a JPEG or PNG is turned by its EXIF orientation, a WebP is
 * not (measured in Chromium 156; the library would turn all three). Nothing is decoded yet: errors
 * come at encoding.
 * @throws UnreadableImageError if the bytes do not start like a PNG, JPEG or WebP; the error of
 * `node:fs` if the file cannot be read.
 */
export function openImage(source: PictureSource): Sharp {
  const format = detectFormat("file" in source ? readSignature(source.file) : source.bytes);
  if (format === undefined) {
    throw new UnreadableImageError("format");
  }
  const picture = sharp("file" in source ? source.file : source.bytes, {
    failOn: "truncated",
    limitInputPixels: pixelLimit,
  });
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
