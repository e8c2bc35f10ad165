import { imageMeta } from "image-meta";
import { pngChunksBeforePixels } from "./pngChunks.ts";

/**
 * Maximum number of bytes of EXIF that are read: more do not fit into a JPEG segment. The first
 * directory comes first.
 */
const exifLimit = 65_000;

/**
 * The EXIF block of a PNG. One after the image data does not count, as in browsers (measured in
 * Chromium 156).
 */
function exifOfPng(bytes: Uint8Array): Uint8Array | undefined {
  for (const { type, data } of pngChunksBeforePixels(bytes)) {
    if (type === "eXIf") return data.subarray(0, exifLimit);
  }
  return undefined;
}

/**
 * A JPEG header that contains only this EXIF block. Source: ITU-T T.81, B.2 and EXIF 2.32, 4.7.2.
 */
function wrapExifInJpeg(exif: Uint8Array): Uint8Array {
  const name = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const length = 2 + name.length + exif.length;
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0];
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 0xff, ...name, ...exif, ...frame]);
}

/**
 * The EXIF orientation of a PNG, 1 to 8. `image-meta` reads EXIF only from JPEG, so it gets the
 * block in one. May throw.
 */
export function orientationOfPng(bytes: Uint8Array): number | undefined {
  const exif = exifOfPng(bytes);
  return exif && imageMeta(wrapExifInJpeg(exif)).orientation;
}
