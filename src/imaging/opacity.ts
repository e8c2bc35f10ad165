import type { Sharp } from "sharp";
import { openImage } from "./openImage.ts";
import type { PictureSource } from "./operation.ts";

/** Compared in blocks, which takes a hundredth of the time of a loop over pixels. */
const opaqueBlock = Buffer.alloc(65_536, 255);

async function isAlphaOpaque(picture: Sharp): Promise<boolean> {
  const alpha = await picture.clone().extractChannel("alpha").raw().toBuffer();
  for (let start = 0; start < alpha.length; start += opaqueBlock.length) {
    const block = alpha.subarray(start, start + opaqueBlock.length);
    if (!block.equals(opaqueBlock.subarray(0, block.length))) return false;
  }
  return true;
}

/**
 * The picture without its alpha channel, if that comes from its source and is opaque everywhere: it
 * is only weight. Rejects with the library's error if the source does not decode.
 */
export async function withoutOpaqueAlpha(picture: Sharp): Promise<Sharp> {
  const { hasAlpha } = await picture.metadata();
  return hasAlpha && (await isAlphaOpaque(picture)) ? picture.removeAlpha() : picture;
}

/**
 * Whether every pixel of a picture is opaque, whatever its header says.
 * @throws UnreadableImageError, or the library's error if the bytes do not decode.
 */
export async function isOpaqueImage(source: PictureSource): Promise<boolean> {
  const picture = openImage(source);
  const { hasAlpha } = await picture.metadata();
  return !hasAlpha || (await isAlphaOpaque(picture));
}
