import type { OutputFormat } from "../core/models/model.ts";

const textOf = (bytes: Uint8Array, start: number, length = 4): string =>
  String.fromCharCode(...bytes.subarray(start, start + length));

/** PNG colour types with an alpha channel. Source: PNG 1.2, 4.1.1. */
const pngColourTypesWithAlpha: readonly (number | undefined)[] = [4, 6];

/** Whether a palette or colour has transparency: a `tRNS` chunk, which comes before the pixels. */
function hasTransparencyChunk(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let position = 8; position + 8 <= bytes.length; position += view.getUint32(position) + 12) {
    const name = textOf(bytes, position + 4);
    if (name === "tRNS" || name === "IDAT") return name === "tRNS";
  }
  return false;
}

/** Source: WebP container specification, “Extended File Format” and “Lossless”. */
function webpHasAlpha(bytes: Uint8Array): boolean {
  const kind = textOf(bytes, 12);
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
