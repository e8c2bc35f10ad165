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

/** What of the pictures is seen: CSS pixels per pixel of the box, and the point of the box (0 to 1) in the middle of the pane. */
export interface View {
  readonly scale: number | "fit";
  readonly x: number;
  readonly y: number;
}

/** Where the box lies in a pane, in CSS pixels. */
export interface Placement extends Extent {
  readonly left: number;
  readonly top: number;
}

/** Space left around a picture that is shown whole, in CSS pixels. */
const margin = 16;

/** Steps of the zoom, in CSS pixels per pixel. */
const steps = [0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16];
const [smallest, largest] = [0.05, 16];

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The box both pictures are scaled to: as wide as the wider one and as high as the higher one. */
export const boxOf = (one: Extent, other: Extent): Extent => ({
  width: Math.max(one.width, other.width),
  height: Math.max(one.height, other.height),
});

/** CSS pixels per pixel of the box in this view. A picture that fits is not enlarged, so that small ones stay sharp. */
export function scaleOf({ scale }: View, box: Extent, pane: Extent): number {
  if (scale !== "fit") {
    return scale;
  }
  const room = { width: Math.max(pane.width - 2 * margin, 1), height: Math.max(pane.height - 2 * margin, 1) };
  return Math.min(1, room.width / box.width, room.height / box.height);
}

/** Centred where there is room; else without a gap at either end. */
function edge(centre: number, length: number, room: number): number {
  return length <= room ? (room - length) / 2 : clamp(room / 2 - centre * length, room - length, 0);
}

/** Where the box lies in a pane. */
export function place(view: View, box: Extent, pane: Extent): Placement {
  const scale = scaleOf(view, box, pane);
  const [width, height] = [box.width * scale, box.height * scale];
  return { width, height, left: edge(view.x, width, pane.width), top: edge(view.y, height, pane.height) };
}

/** The view that has the box at this place. */
function viewAt(scale: View["scale"], placement: Placement, pane: Extent): View {
  return {
    scale,
    x: (pane.width / 2 - placement.left) / placement.width,
    y: (pane.height / 2 - placement.top) / placement.height,
  };
}

/** Zooms so that what is at `point` stays there; by default the middle of the pane. */
export function zoomTo(view: View, scale: number, box: Extent, pane: Extent, point?: Point): View {
  const { x, y } = point ?? { x: pane.width / 2, y: pane.height / 2 };
  const before = place(view, box, pane);
  const now = clamp(scale, smallest, largest);
  const factor = now / scaleOf(view, box, pane);
  const moved = {
    left: x - (x - before.left) * factor,
    top: y - (y - before.top) * factor,
    width: before.width * factor,
    height: before.height * factor,
  };
  // Placed once more, so that no gap is remembered that is not shown.
  return viewAt(now, place(viewAt(now, moved, pane), box, pane), pane);
}

/** The next step of the zoom, up (1) or down (-1). */
export function nextScale(scale: number, direction: 1 | -1): number {
  // A scale a hair's breadth from a step counts as that step.
  const further = (step: number) => (step / scale - 1) * direction > 0.01;
  return (direction > 0 ? steps.find(further) : steps.findLast(further)) ?? (direction > 0 ? largest : smallest);
}

/** Moves the pictures by so many CSS pixels. */
export function pan(view: View, by: Point, box: Extent, pane: Extent): View {
  const from = place(view, box, pane);
  const moved = viewAt(view.scale, { ...from, left: from.left + by.x, top: from.top + by.y }, pane);
  return viewAt(view.scale, place(moved, box, pane), pane);
}

/** Whether there is more of the box than the pane shows. */
export function isCut(view: View, box: Extent, pane: Extent): boolean {
  const { width, height } = place(view, box, pane);
  return width > pane.width + 0.5 || height > pane.height + 0.5;
}

/** The part of the box that is seen, in the pane's CSS pixels. */
export function seen(placement: Placement, pane: Extent): Placement {
  const left = Math.max(placement.left, 0);
  const top = Math.max(placement.top, 0);
  const width = Math.min(placement.left + placement.width, pane.width) - left;
  const height = Math.min(placement.top + placement.height, pane.height) - top;
  return { left, top, width, height };
}
