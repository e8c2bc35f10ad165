import sharp, { type Sharp } from "sharp";
import type { Pixels } from "../core/models/size.ts";
import { type Crop, largestCrop } from "../core/targets/crop.ts";
import { withoutOpaqueAlpha } from "./opacity.ts";
import { openImage } from "./openImage.ts";
import type { Attention, Export, Exported } from "./operation.ts";

type Format = Export["format"];

/** How each format is encoded. AVIF's other efforts take eight seconds and save an eighth. */
const encoders: Readonly<Record<Format, (picture: Sharp, quality: number) => Sharp>> = {
  JPG: (picture, quality) => picture.jpeg({ quality, mozjpeg: true }),
  // A `quality` would reduce the picture to a palette, and takes seconds.
  PNG: (picture) => picture.png({ adaptiveFiltering: true }),
  WEBP: (picture, quality) => picture.webp({ quality, effort: 4 }),
  AVIF: (picture, quality) => picture.avif({ quality, effort: 1 }),
};

/** Qualities of each format that look alike, best first. PNG has none: it loses nothing. */
const qualities: Readonly<Record<Format, readonly number[]>> = {
  JPG: [90, 85, 80, 74, 67, 60, 50, 40],
  PNG: [100],
  WEBP: [90, 85, 80, 74, 67, 60, 50, 40],
  AVIF: [68, 62, 56, 50, 44, 38, 30, 24],
};

/** The part that draws the eye by edges, skin tones and strong colours (libvips “smartcrop”). */
const coverByAttention = (picture: Sharp, { width, height }: Pixels): Sharp =>
  picture.resize({ ...{ width, height, fit: "cover", kernel: "lanczos3" }, position: sharp.strategy.attention });

/** The picture in its final pixels. */
function arrange({ width, height, margin, background, crop, ...source }: Export): Sharp {
  const opened = openImage(source);
  const cropped =
    crop === undefined
      ? coverByAttention(opened, { width, height })
      : // Its shape is the one of the file but for half a pixel.
        opened.extract({ ...crop }).resize({ width, height, fit: "fill", kernel: "lanczos3" });
  const extended =
    margin === 0
      ? cropped
      : cropped.extend({
          ...{ top: margin, bottom: margin, left: margin, right: margin },
          background: background ?? { r: 0, g: 0, b: 0, alpha: 0 },
        });
  return background === undefined ? extended : extended.flatten({ background });
}

async function encode(picture: Sharp, format: Format, quality: number): Promise<Exported> {
  const { data, info } = await encoders[format](picture, quality).toBuffer({ resolveWithObject: true });
  // A wasm result is a view on shared memory, which cannot be sent, so it is copied.
  const exported = { bytes: new Uint8Array(data), width: info.width, height: info.height };
  return format === "PNG" ? exported : { ...exported, quality };
}

/** Returns a function that opens the finished pixels again, which are made once. */
async function createCopier(picture: Sharp): Promise<() => Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return () => sharp(data, { raw });
}

/**
 * Encodes at the best quality that fits into `maxBytes`, or at the lowest, in few attempts.
 *
 * @param open opens the picture for one attempt.
 */
async function encodeWithin(open: () => Sharp, format: Format, maxBytes: number): Promise<Exported> {
  const ladder = qualities[format];
  let [first, last] = [0, ladder.length - 1];
  let best = await encode(open(), format, ladder[first] ?? 0);
  if (best.bytes.length <= maxBytes) {
    return best;
  }
  // The first quality that fits is after `first` and at most `last`, or there is none.
  while (first < last) {
    const middle = first + Math.ceil((last - first) / 2);
    const attempt = await encode(open(), format, ladder[middle] ?? 0);
    if (attempt.bytes.length > maxBytes) {
      [first, best] = [middle, best.bytes.length > maxBytes ? attempt : best];
    } else {
      [last, best] = [middle - 1, attempt];
    }
  }
  return best;
}

/**
 * Keeps metadata and colour profile. `openImage` does not turn a WebP by its EXIF, which would turn
 * the file in another format, so a WebP with such an EXIF is converted to sRGB: the library can
 * reset the orientation only then.
 */
async function keepMetadata(picture: Sharp, bytes: Uint8Array): Promise<Sharp> {
  const { format, orientation = 1 } = await sharp(bytes).metadata();
  return format === "webp" && orientation > 1 ? picture.withMetadata({ orientation: 1 }) : picture.keepMetadata();
}

/**
 * Crops and scales a picture to exactly the given pixels, and encodes it in at most `maxBytes`, or
 * in as few as it gets by lower quality. Without `crop`, the part that draws the eye is kept.
 * Upright, in sRGB and without metadata, unless that is kept.
 * @throws UnreadableImageError, or the library's error if the bytes do not decode.
 */
export async function exportPicture(operation: Export): Promise<Exported> {
  const { format, maxBytes, keepsMetadata = false } = operation;
  const finished = arrange(operation);
  const arranged = operation.background === undefined ? await withoutOpaqueAlpha(finished) : finished;
  const picture = keepsMetadata ? await keepMetadata(arranged, operation.bytes) : arranged;
  if (maxBytes === undefined) {
    return encode(picture, format, qualities[format][0] ?? 0);
  }
  // Plain pixels have no metadata, so a picture with them is made again for each attempt.
  return encodeWithin(keepsMetadata ? () => picture.clone() : await createCopier(picture), format, maxBytes);
}

/**
 * The part of a picture that `exportPicture` keeps without a `crop` in a file of this size, to half
 * a pixel. Rejects as it does.
 */
export async function findAttention({ pixels, target, ...source }: Attention): Promise<Crop> {
  const picture = coverByAttention(openImage(source), target);
  const { info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = largestCrop(pixels, target);
  // Offsets of the scaled picture, 0 or negative.
  const scale = Math.max(target.width / pixels.width, target.height / pixels.height);
  const start = (offset = 0, last: number) => Math.min(Math.round(Math.abs(offset) / scale), last);
  return {
    left: start(info.cropOffsetLeft, pixels.width - width),
    top: start(info.cropOffsetTop, pixels.height - height),
    ...{ width, height },
  };
}
