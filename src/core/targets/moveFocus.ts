import type { Pixels } from "../models/size.ts";
import { type Crop, type Focus, largestCrop, middleOf } from "./crop.ts";

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The crop with the shortest side of a kind. There is at least one. */
const shortest = (crops: readonly [Crop, ...Crop[]], side: "width" | "height"): Crop =>
  crops.reduce((one, other) => (other[side] < one[side] ? other : one));

/** The focus of crops that may have different middles: of each axis, where the shortest one is. */
export const focusOfCrops = (source: Pixels, crops: readonly [Crop, ...Crop[]]): Focus => ({
  x: middleOf(source, shortest(crops, "width")).x,
  y: middleOf(source, shortest(crops, "height")).y,
});

/** Pixels that a focus can be moved by, from one side of the picture to the other. */
export function movablePixels(source: Pixels, shapes: readonly Pixels[]): Pixels {
  const crops = shapes.map((shape) => largestCrop(source, shape));
  return {
    width: source.width - Math.min(source.width, ...crops.map(({ width }) => width)),
    height: source.height - Math.min(source.height, ...crops.map(({ height }) => height)),
  };
}

/**
 * The focus moved by `by` pixels. It stays where the crop of one of the shapes still moves with it,
 * so that a way back shows at once.
 */
export function moveFocus(source: Pixels, shapes: readonly Pixels[], from: Focus, by: Focus): Focus {
  const movable = movablePixels(source, shapes);
  const along = (share: number, whole: number, range: number, distance: number) =>
    clamp(share * whole + distance, (whole - range) / 2, (whole + range) / 2) / whole;
  return {
    x: along(from.x, source.width, movable.width, by.x),
    y: along(from.y, source.height, movable.height, by.y),
  };
}
