import type { Point } from "./view.ts";

/** Hears of the pointer while it is held: where it is in the pane, and how far it came since the last time. */
export type Grip = (at: Point, by: Point) => void;

/**
 * Follows the pointer from a press to its release. `take` says what was taken hold of at this point of the pane; where that is nothing,
 * the press is left alone.
 */
export function drag(press: PointerEvent, take: (at: Point) => Grip | undefined): void {
  const { currentTarget: holder, target, pointerId, button } = press;
  const pane = target instanceof Element ? target.closest(".pane") : null;
  if (button !== 0 || pane === null || !(holder instanceof HTMLElement)) {
    return;
  }
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top } = pane.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  let last = at(press);
  const grip = take(last);
  if (grip === undefined) {
    return;
  }
  const follow = (event: PointerEvent) => {
    const now = at(event);
    grip(now, { x: now.x - last.x, y: now.y - last.y });
    last = now;
  };
  const end = new AbortController();
  const { signal } = end;
  holder.setPointerCapture(pointerId);
  holder.addEventListener("pointermove", follow, { signal });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
    holder.addEventListener(name, () => end.abort(), { signal });
  }
}
