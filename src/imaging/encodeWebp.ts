import { readFileSync } from "node:fs";
import encode, { init } from "@jsquash/webp/encode.js";
import type { Sharp } from "sharp";
import { collectGarbage } from "./collectGarbage.ts";
import { optimizesCode } from "./compileCode.ts";
import { encoderFile } from "./encoderFile.ts";
import type { Encoded } from "./operation.ts";

let isLoaded = false;

/** Loads the encoder with the first picture. */
async function loadEncoder(): Promise<void> {
  if (isLoaded) return;
  // The start of the process and the decoder have left most of the garbage there will ever be.
  if (!optimizesCode) collectGarbage();
  await init({ wasmBinary: readFileSync(encoderFile), locateFile: () => encoderFile });
  isLoaded = true;
}

/** Opaque pixels of four channels from those of three. */
function withAlpha(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from] ?? 0;
    rgba[to + 1] = rgb[from + 1] ?? 0;
    rgba[to + 2] = rgb[from + 2] ?? 0;
  }
  return rgba;
}

/**
 * Encodes a small picture as WebP. The encoder is libwebp, as in sharp, but without threads: sharp
 * would start two for its write buffers, of 9 MB each.
 * @throws sharp's error if the picture does not decode.
 */
export async function encodeWebp(picture: Sharp, quality: number): Promise<Encoded> {
  // With `ensureAlpha`, libvips would run twice, and often start another thread for the second run.
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  await loadEncoder();
  const { width, height, channels } = info;
  const pixels = channels === 4 ? new Uint8ClampedArray(data.buffer, data.byteOffset, data.length) : withAlpha(data);
  const bytes = await encode({ data: pixels, width, height, colorSpace: "srgb" }, { quality, method: 2 });
  return { bytes: new Uint8Array(bytes), format: "WEBP", width, height };
}
