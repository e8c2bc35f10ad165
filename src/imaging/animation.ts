import type { OutputFormat } from "../core/models/model.ts";
import { pngChunksBeforePixels } from "./pngChunks.ts";

/** The flag of an animation. Source: WebP container specification, “Extended File Format”. */
const webpAnimationFlag = 0x02;

function isAnimatedWebp(bytes: Uint8Array): boolean {
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  return kind === "VP8X" && ((bytes[20] ?? 0) & webpAnimationFlag) !== 0;
}

/**
 * Whether a picture is an animation, by its header. A PNG has the chunk `acTL` then. Source: PNG
 * specification, third edition, 11.3.6.1.
 */
export const isAnimation = (format: OutputFormat, bytes: Uint8Array): boolean =>
  format === "WEBP"
    ? isAnimatedWebp(bytes)
    : format === "PNG" && [...pngChunksBeforePixels(bytes)].some(({ type }) => type === "acTL");
