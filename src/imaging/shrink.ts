import type { OutputFormat } from "../core/models/model.ts";
import { detectFormat } from "./detectFormat.ts";
import { isOpaqueImage } from "./opacity.ts";
import { openImage, UnreadableImageError } from "./openImage.ts";
import type { Encoded, Shrink } from "./operation.ts";

interface Attempt {
  readonly format: Extract<OutputFormat, "JPG" | "PNG">;
  readonly quality: number;
  /** Share of `maxSide`. */
  readonly scale: number;
}

/**
 * Attempts until the bytes are few enough: first nothing visible changes, then quality, then
 * pixels.
 */
const attempts: readonly Attempt[] = [
  { format: "PNG", quality: 100, scale: 1 },
  { format: "JPG", quality: 92, scale: 1 },
  { format: "JPG", quality: 82, scale: 1 },
  { format: "JPG", quality: 82, scale: 0.7 },
  { format: "JPG", quality: 75, scale: 0.5 },
  { format: "JPG", quality: 70, scale: 0.3 },
  { format: "JPG", quality: 60, scale: 0.15 },
];

async function encodeAttempt({ bytes, maxSide }: Shrink, { format, quality, scale }: Attempt): Promise<Encoded> {
  const side = Math.max(1, Math.round(maxSide * scale));
  const picture = openImage({ bytes }).resize({ width: side, height: side, fit: "inside", withoutEnlargement: true });
  const encoder =
    format === "PNG"
      ? // A `quality` would reduce the picture to a palette, and takes seconds.
        picture.png({ adaptiveFiltering: true })
      : picture
          .flatten({ background: "#ffffff" })
          .jpeg({ quality, chromaSubsampling: quality > 90 ? "4:4:4" : "4:2:0" });
  const { data, info } = await encoder.toBuffer({ resolveWithObject: true });
  // A wasm result is a view on shared memory, which cannot be sent, so it is copied.
  return { bytes: new Uint8Array(data), format, width: info.width, height: info.height };
}

/**
 * Prepares a picture for sending: upright, sRGB, without metadata (above all a photo's GPS
 * position), never enlarged. A PNG, and any picture with transparency, stays PNG while it fits into
 * `maxBytes`; everything else becomes JPEG, transparency on white.
 * @throws UnreadableImageError, or the library's error if the bytes do not decode.
 */
export async function shrink(operation: Shrink): Promise<Encoded> {
  const isPngAllowed = detectFormat(operation.bytes) === "PNG" || !(await isOpaqueImage(operation));
  for (const attempt of isPngAllowed ? attempts : attempts.slice(1)) {
    const encoded = await encodeAttempt(operation, attempt);
    if (encoded.bytes.length <= operation.maxBytes) return encoded;
  }
  throw new UnreadableImageError("size");
}
