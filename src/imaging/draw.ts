import sharp, { type OverlayOptions, type Sharp } from "sharp";
import type { OutputFormat } from "../core/models/model.ts";
import { openImage } from "./openImage.ts";
import type { Draw, Encoded, Layer } from "./operation.ts";

const encoders: Readonly<Record<OutputFormat, (picture: Sharp, quality: number) => Sharp>> = {
  JPG: (picture, quality) => picture.jpeg({ quality, chromaSubsampling: quality > 90 ? "4:4:4" : "4:2:0" }),
  PNG: (picture) => picture.png({ adaptiveFiltering: true }),
  WEBP: (picture, quality) => picture.webp({ quality, effort: 2 }),
};

async function paint(layer: Layer): Promise<OverlayOptions> {
  if (layer.kind === "svg") {
    return { input: Buffer.from(layer.svg), left: 0, top: 0, blend: layer.blend ?? "over" };
  }
  const { width, height, left, top } = layer.box;
  const covered = openImage(layer).resize({ width, height, fit: "cover" }).ensureAlpha();
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" rx="${layer.radius}"/></svg>`;
  const rounded = layer.radius > 0 ? covered.composite([{ input: Buffer.from(mask), blend: "dest-in" }]) : covered;
  const { data, info } = await rounded.raw().toBuffer({ resolveWithObject: true });
  const input = Buffer.from(data);
  return { input, raw: { width: info.width, height: info.height, channels: info.channels }, left, top };
}

/**
 * Draws layers onto a canvas of exactly the given pixels and encodes it.
 * @throws UnreadableImageError, or the library's error if a picture among the layers does not
 * decode.
 */
export async function draw({ width, height, layers, format, quality, isTransparent = false }: Draw): Promise<Encoded> {
  const painted: OverlayOptions[] = [];
  for (const layer of layers) painted.push(await paint(layer));
  const create = isTransparent
    ? { width, height, channels: 4 as const, background: "#00000000" }
    : { width, height, channels: 3 as const, background: "#ffffff" };
  const painting = sharp({ create }).composite(painted);
  const canvas = isTransparent ? painting : painting.removeAlpha();
  return { bytes: new Uint8Array(await encoders[format](canvas, quality).toBuffer()), format, width, height };
}
