import { svg } from "lit";
import type { Pixels } from "../../../core/models/size.ts";

/** A shape in the middle of a drawing; both in CSS pixels. */
export const centredShape = (drawing: Pixels, { width, height }: Pixels) =>
  svg`<rect x=${(drawing.width - width) / 2} y=${(drawing.height - height) / 2} width=${width} height=${height}
    rx="1.5" fill="currentColor" fill-opacity="0.18" stroke="currentColor" stroke-width="1.2"/>`;

/** Pixels, scaled. */
export const scaled = ({ width, height }: Pixels, scale: number): Pixels => ({
  width: width * scale,
  height: height * scale,
});
