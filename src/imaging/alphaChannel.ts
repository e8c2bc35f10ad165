import type { OutputFormat } from "../core/models/model.ts";
import { pngChunksBeforePixels } from "./pngChunks.ts";

/** PNG colour types with an alpha channel. Source: PNG 1.2, 4.1.1. */
const pngColourTypesWithAlpha: readonly (number | undefined)[] = [4, 6];

/** Whether a palette or a colour has transparency, which is said before the pixels. */
const hasTransparencyChunk = (bytes: Uint8Array): boolean =>
  [...pngChunksBeforePixels(bytes)].some(({ type }) => type === "tRNS");

/** Source: WebP container specification, “Extended File Format” and “Lossless”. */
function webpHasAlpha(bytes: Uint8Array): boolean {
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  if (kind === "VP8X") return ((bytes[20] ?? 0) & 0x10) !== 0;
  return kind === "VP8L" && ((bytes[24] ?? 0) & 0x10) !== 0;
}

/**
 * Whether a picture can have transparent parts, by its header: it has an alpha channel, whatever
 * is in it.
 */
export function hasAlphaChannel(format: OutputFormat, bytes: Uint8Array): boolean {
  if (format === "JPG") return false;
  return format === "WEBP"
    ? webpHasAlpha(bytes)
    : pngColourTypesWithAlpha.includes(bytes[25]) || hasTransparencyChunk(bytes);
}
