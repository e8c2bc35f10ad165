import type { View } from "./view.ts";

/** How the pictures are looked at: what a tab keeps while it is hidden. */
export interface Look {
  readonly mode: "slider" | "side";
  /** Share of the seen width that is left of the slider, 0 to 1. */
  readonly split: number;
  /** Whether the right picture is shown on the left. */
  readonly flipped: boolean;
  readonly view: View;
}

/** How a new tab begins. */
const firstLook: Look = { mode: "slider", split: 0.5, flipped: false, view: { scale: "fit", x: 0.5, y: 0.5 } };

const isShare = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= 1;
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function readView(value: unknown): View {
  if (!isObject(value) || !("scale" in value && "x" in value && "y" in value)) {
    return firstLook.view;
  }
  const { scale, x, y } = value;
  const known = scale === "fit" || (typeof scale === "number" && scale > 0);
  return known && isShare(x) && isShare(y) ? { scale, x, y } : firstLook.view;
}

/** Reads what a page kept; what is not understood is as in a new tab. */
export function readLook(value: unknown): Look {
  if (!isObject(value)) {
    return firstLook;
  }
  return {
    mode: "mode" in value && value.mode === "side" ? "side" : "slider",
    split: "split" in value && isShare(value.split) ? value.split : firstLook.split,
    flipped: "flipped" in value && value.flipped === true,
    view: "view" in value ? readView(value.view) : firstLook.view,
  };
}
