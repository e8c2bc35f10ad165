import type { Pixels } from "../models/size.ts";
import type { ImageLink } from "./reading/imageLink.ts";

/** Pixels of an image per CSS pixel on a dense screen. */
const density = 2;

/** Width of a page in CSS pixels: no image is shown wider. */
const pageWidth = 1920;

/** How many times wider than needed an image is if it is far too large. */
const farTooWide = 1.5;

/** Bytes that must be saved at least. Below, a page does not load noticeably faster. */
const leastSaving = 20_000;

/** That an image has far more pixels than its link shows. */
export interface Oversize {
  /** CSS pixels that the link shows it in; absent: it does not say so, and a page is no wider. */
  readonly shownWidth?: number;
  /** Pixels that are enough, also on dense screens. */
  readonly enough: number;
  /** About how many bytes fewer a file of that width has. */
  readonly saving: number;
}

/**
 * Whether an image is far larger than its use: than the link's width or height, or than a page,
 * each twice for dense screens. `undefined` if it is not.
 *
 * @param bytes of the file.
 */
export function oversizeOf(
  { width: linkWidth, height: linkHeight }: Pick<ImageLink, "width" | "height">,
  { width, height }: Pixels,
  bytes: number,
): Oversize | undefined {
  // What covers a box of both is as wide as the larger demand.
  const fromHeight = linkHeight === undefined ? undefined : (linkHeight * width) / height;
  const demands = [linkWidth, fromHeight].filter((demand) => demand !== undefined && demand > 0);
  const shownWidth = demands.length === 0 ? undefined : Math.ceil(Math.max(...demands.map(Number)));
  const enough = (shownWidth ?? pageWidth) * density;
  const saving = Math.floor(bytes * (1 - (enough / width) ** 2));
  return width < enough * farTooWide || saving < leastSaving
    ? undefined
    : { enough, saving, ...(shownWidth === undefined ? {} : { shownWidth }) };
}
