import type { Viewport } from "./viewport.ts";

/** How the pictures are shown: what a tab keeps while it is hidden. */
export interface ViewSettings {
  readonly mode: "slider" | "side";
  /** Share of the visible width that is left of the divider, 0 to 1. */
  readonly split: number;
  /** Whether the right picture is shown on the left. */
  readonly flipped: boolean;
  readonly view: Viewport;
}

/** The settings of a new tab. */
export const defaultViewSettings: ViewSettings = {
  mode: "slider",
  split: 0.5,
  flipped: false,
  view: { scale: "fit", x: 0.5, y: 0.5 },
};

const isShare = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= 1;
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function parseViewport(value: unknown): Viewport {
  if (!isObject(value) || !("scale" in value && "x" in value && "y" in value)) {
    return defaultViewSettings.view;
  }
  const { scale, x, y } = value;
  const isKnownScale = scale === "fit" || (typeof scale === "number" && scale > 0);
  return isKnownScale && isShare(x) && isShare(y) ? { scale, x, y } : defaultViewSettings.view;
}

/** Reads what a page has kept. What is not valid is as in a new tab. */
export function parseViewSettings(value: unknown): ViewSettings {
  if (!isObject(value)) {
    return defaultViewSettings;
  }
  return {
    mode: "mode" in value && value.mode === "side" ? "side" : "slider",
    split: "split" in value && isShare(value.split) ? value.split : defaultViewSettings.split,
    flipped: "flipped" in value && value.flipped === true,
    view: "view" in value ? parseViewport(value.view) : defaultViewSettings.view,
  };
}
