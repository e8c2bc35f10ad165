import type { Point } from "./viewport.ts";

/** Called while the pointer is dragged: its place in the pane, and the way since the last call. */
export type DragHandler = (at: Point, by: Point) => void;

/**
 * Follows the pointer from a press to its release. `startDrag` returns the handler for a drag that
 * starts at this point of the pane, or `undefined` if nothing can be dragged there.
 */
export function drag(event: PointerEvent, startDrag: (at: Point) => DragHandler | undefined): void {
  const { currentTarget: container, target, pointerId, button } = event;
  const pane = target instanceof Element ? target.closest(".pane") : null;
  if (button !== 0 || pane === null || !(container instanceof HTMLElement)) {
    return;
  }
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top } = pane.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  let last = at(event);
  const handler = startDrag(last);
  if (handler === undefined) {
    return;
  }
  const onMove = (event: PointerEvent) => {
    const now = at(event);
    handler(now, { x: now.x - last.x, y: now.y - last.y });
    last = now;
  };
  const release = new AbortController();
  const { signal } = release;
  container.setPointerCapture(pointerId);
  container.addEventListener("pointermove", onMove, { signal });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
    container.addEventListener(name, () => release.abort(), { signal });
  }
}
