import { imageMeta } from "image-meta";
import type { OutputFormat } from "../core/models/model.ts";
import type { PictureHeader } from "../core/ports.ts";
import { hasAlphaChannel } from "./alphaChannel.ts";
import { isAnimation } from "./animation.ts";
import { detectFormat } from "./detectFormat.ts";
import { orientationOfPng } from "./orientation.ts";

const isPixelCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** EXIF orientations that turn a picture by 90°. Source: EXIF 2.32, 4.6.4. */
const quarterTurnOrientations: ReadonlySet<number | undefined> = new Set([5, 6, 7, 8]);

interface Header {
  readonly width: number;
  readonly height: number;
  readonly orientation?: number | undefined;
}

function orientationIn(format: OutputFormat, bytes: Uint8Array, { orientation }: Header): number | undefined {
  try {
    return format === "PNG" ? orientationOfPng(bytes) : orientation;
  } catch {
    // EXIF that cannot be read turns nothing.
    return undefined;
  }
}

/**
 * Reads format and pixels from a picture's header; `undefined` if the bytes are not a PNG, JPEG or
 * WebP. Never throws.
 *
 * The pixels are those that browsers show, turned by the EXIF orientation of a JPEG or PNG.
 * Browsers do not turn WebP. Only the header is read, so a truncated picture passes.
 */
export function probe(bytes: Uint8Array): PictureHeader | undefined {
  const format = detectFormat(bytes);
  if (format === undefined) return undefined;
  try {
    const header = imageMeta(bytes);
    const { width, height } = header;
    if (!isPixelCount(width) || !isPixelCount(height)) return undefined;
    const isTurned = quarterTurnOrientations.has(orientationIn(format, bytes, header));
    return {
      format,
      ...(isTurned ? { width: height, height: width } : { width, height }),
      ...(hasAlphaChannel(format, bytes) ? { hasAlpha: true } : {}),
      ...(isAnimation(format, bytes) ? { isAnimated: true } : {}),
    };
  } catch {
    return undefined;
  }
}

/** What the header of an image says. */
export interface ImageHeader {
  /** Name of the format, such as `PNG` or `SVG`. */
  readonly format: string;
  /** Pixels as browsers show them. */
  readonly width: number;
  readonly height: number;
}

/** Formats that browsers show and that Limn cannot open, as `image-meta` names them. */
const otherBrowserFormats: readonly (string | undefined)[] = ["avif", "bmp", "gif", "ico", "svg"];

/**
 * Reads format and pixels of any image that browsers show from its header; `undefined` if the bytes
 * are none. Never throws.
 */
export function probeAny(bytes: Uint8Array): ImageHeader | undefined {
  const known = probe(bytes);
  if (known !== undefined || detectFormat(bytes) !== undefined) return known;
  try {
    const { type, width, height } = imageMeta(bytes);
    return type !== undefined && otherBrowserFormats.includes(type) && isPixelCount(width) && isPixelCount(height)
      ? { format: type.toUpperCase(), width, height }
      : undefined;
  } catch {
    return undefined;
  }
}
