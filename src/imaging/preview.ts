import { openImage } from "./openImage.ts";
import type { Encoded, Preview } from "./operation.ts";

/**
 * Makes a thumbnail: upright, without metadata, never enlarged.
 * @throws UnreadableImageError, or the library's error if the bytes do not decode.
 */
export async function preview(options: Preview): Promise<Encoded> {
  const { side } = options;
  const { data, info } = await openImage(options)
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 82, effort: 2 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: new Uint8Array(data), format: "WEBP", width: info.width, height: info.height };
}
