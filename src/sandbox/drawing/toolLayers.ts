import type { Layer } from "../../imaging/operation.ts";
import { type LabelContent, label } from "./label.ts";
import type { TextRenderer } from "./textRenderer.ts";

/** The picture that a tool changes, and the pixels of its result. */
export interface ToolDrawingInput extends Omit<LabelContent, "words"> {
  /** Encoded bytes. */
  readonly source: Uint8Array;
}

const svgOf = ({ width, height }: ToolDrawingInput, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;

const sourceLayer = ({ source, width, height }: ToolDrawingInput): Layer => ({
  kind: "picture",
  bytes: source,
  box: { left: 0, top: 0, width, height },
  radius: 0,
});

/**
 * The layers of a picture whose background is removed: what is in an ellipse with a soft edge
 * stays. Its label is a part of what stays, since the rest must be transparent.
 */
export function cutOutLayers(input: ToolDrawingInput, textRenderer: TextRenderer): Layer[] {
  const gradient = `<radialGradient id="edge"><stop offset="0.86" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>`;
  const ellipse = `<ellipse cx="50%" cy="50%" rx="44%" ry="44%" fill="url(#edge)"/>`;
  return [
    sourceLayer(input),
    { kind: "svg", svg: svgOf(input, `<defs>${gradient}</defs>${ellipse}`), blend: "dest-in" },
    { kind: "svg", svg: svgOf(input, label({ ...input, words: "Background removed" }, textRenderer)) },
  ];
}

/** Lines of the grid in each direction. */
const gridLines = 16;

/** The layers of an enlarged picture: the source below a grid that shows the new pixels. */
export function enlargedLayers(input: ToolDrawingInput, textRenderer: TextRenderer): Layer[] {
  const { width, height } = input;
  const step = Math.max(width, height) / gridLines;
  const positions = (length: number) =>
    Array.from({ length: Math.floor(length / step) }, (_, index) => (index + 1) * step);
  const lines = [
    ...positions(width).map((x) => `<path d="M${x} 0V${height}"/>`),
    ...positions(height).map((y) => `<path d="M0 ${y}H${width}"/>`),
  ].join("");
  const grid = `<g stroke="#fff" stroke-opacity="0.5" stroke-width="${Math.max(1, step / 60)}">${lines}</g>`;
  const text = label({ ...input, words: "Upscaled" }, textRenderer);
  return [sourceLayer(input), { kind: "svg", svg: svgOf(input, `${grid}${text}`) }];
}
