import { readFileSync } from "node:fs";
import encode, { init } from "@jsquash/webp/encode.js";
import type { Sharp } from "sharp";
import { encoderFile } from "./encoderFile.ts";
import type { Encoded } from "./operation.ts";

let isLoaded = false;

/** Loads the encoder with the first picture. */
async function loadEncoder(): Promise<void> {
  if (isLoaded) return;
  await init({ wasmBinary: readFileSync(encoderFile), locateFile: () => encoderFile });
  isLoaded = true;
}

/**
 * Encodes a small picture as WebP. The encoder is libwebp, as in sharp, but without threads: sharp
 * would start two for its write buffers, of 9 MB each.
 * @throws sharp's error if the picture does not decode.
 */
export async function encodeWebp(picture: Sharp, quality: number): Promise<Encoded> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  await loadEncoder();
  const { width, height } = info;
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const bytes = await encode({ data: pixels, width, height, colorSpace: "srgb" }, { quality, method: 2 });
  return { bytes: new Uint8Array(bytes), format: "WEBP", width, height };
}
