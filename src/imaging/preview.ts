import { encodeWebp } from "./encodeWebp.ts";
import { openImage } from "./openImage.ts";
import type { Encoded, Preview } from "./operation.ts";

/** Quality of thumbnails, of 100. */
const quality = 82;

/**
 * Makes a thumbnail: upright, without metadata, never enlarged.
 * @throws UnreadableImageError, or the library's error if the bytes do not decode.
 */
export function preview(options: Preview): Promise<Encoded> {
  const { side } = options;
  const small = openImage(options).resize({ width: side, height: side, fit: "inside", withoutEnlargement: true });
  return encodeWebp(small, quality);
}
