/** A width and a height, in pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A point in CSS pixels, from the top left corner of the pane. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The visible part of the pictures: CSS pixels per pixel of the box, and the point of the box (0 to
 * 1) in the middle of the pane.
 */
export interface Viewport {
  readonly scale: number | "fit";
  readonly x: number;
  readonly y: number;
}

/** Place and size of the box in a pane, in CSS pixels. */
export interface Placement extends Extent {
  readonly left: number;
  readonly top: number;
}

/** Space around a picture that is shown whole, in CSS pixels. */
const margin = 16;

/** Steps of the zoom, in CSS pixels per pixel. */
const zoomSteps = [0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16];
const [minScale, maxScale] = [0.05, 16];

/** The number nearest to `value` from `low` to `high`. */
export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The box both pictures are scaled to: as wide as the wider one and as high as the higher one. */
export const boxOf = (one: Extent, other: Extent): Extent => ({
  width: Math.max(one.width, other.width),
  height: Math.max(one.height, other.height),
});

/**
 * CSS pixels per pixel of the box in this view. A picture that fits is not enlarged, so that small
 * ones stay sharp.
 */
export function scaleOf({ scale }: Viewport, box: Extent, pane: Extent): number {
  if (scale !== "fit") {
    return scale;
  }
  const available = { width: Math.max(pane.width - 2 * margin, 1), height: Math.max(pane.height - 2 * margin, 1) };
  return Math.min(1, available.width / box.width, available.height / box.height);
}

/** Position of an edge: centred if the length fits, else without a gap at either end. */
function alignEdge(centre: number, length: number, available: number): number {
  return length <= available ? (available - length) / 2 : clamp(available / 2 - centre * length, available - length, 0);
}

/** Place of the box in a pane. */
export function placeBox(view: Viewport, box: Extent, pane: Extent): Placement {
  const scale = scaleOf(view, box, pane);
  const [width, height] = [box.width * scale, box.height * scale];
  return { width, height, left: alignEdge(view.x, width, pane.width), top: alignEdge(view.y, height, pane.height) };
}

/** The view in which the box has this place. */
function viewportAt(scale: Viewport["scale"], placement: Placement, pane: Extent): Viewport {
  return {
    scale,
    x: (pane.width / 2 - placement.left) / placement.width,
    y: (pane.height / 2 - placement.top) / placement.height,
  };
}

/** Zooms. What is at `point`, by default the middle of the pane, stays there. */
export function zoomTo(view: Viewport, scale: number, box: Extent, pane: Extent, point?: Point): Viewport {
  const { x, y } = point ?? { x: pane.width / 2, y: pane.height / 2 };
  const before = placeBox(view, box, pane);
  const now = clamp(scale, minScale, maxScale);
  const factor = now / scaleOf(view, box, pane);
  const moved = {
    left: x - (x - before.left) * factor,
    top: y - (y - before.top) * factor,
    width: before.width * factor,
    height: before.height * factor,
  };
  // Placed once more, so that the view has no gap that is not shown.
  return viewportAt(now, placeBox(viewportAt(now, moved, pane), box, pane), pane);
}

/** The next step of the zoom, up (1) or down (-1). */
export function nextScale(scale: number, direction: 1 | -1): number {
  // A scale within 1 % of a step counts as that step.
  const further = (step: number) => (step / scale - 1) * direction > 0.01;
  return (
    (direction > 0 ? zoomSteps.find(further) : zoomSteps.findLast(further)) ?? (direction > 0 ? maxScale : minScale)
  );
}

/** Moves the pictures by `by` CSS pixels. */
export function pan(view: Viewport, by: Point, box: Extent, pane: Extent): Viewport {
  const from = placeBox(view, box, pane);
  const moved = viewportAt(view.scale, { ...from, left: from.left + by.x, top: from.top + by.y }, pane);
  return viewportAt(view.scale, placeBox(moved, box, pane), pane);
}

/** Whether the box is larger than the pane. */
export function isCropped(view: Viewport, box: Extent, pane: Extent): boolean {
  const { width, height } = placeBox(view, box, pane);
  return width > pane.width + 0.5 || height > pane.height + 0.5;
}

/** The visible part of the box, in CSS pixels of the pane. */
export function visiblePart(placement: Placement, pane: Extent): Placement {
  const left = Math.max(placement.left, 0);
  const top = Math.max(placement.top, 0);
  const width = Math.min(placement.left + placement.width, pane.width) - left;
  const height = Math.min(placement.top + placement.height, pane.height) - top;
  return { left, top, width, height };
}
