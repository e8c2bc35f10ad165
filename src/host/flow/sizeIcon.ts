import { Uri } from "vscode";
import type { Pixels } from "../../core/models/size.ts";

/** Side of the icon's box and of the longest shape in it, in SVG units. */
const box = 16;
const longestSide = 14;

/** Stroke colours that read on dark and on light themes: VS Code's own icon foregrounds. */
const colours = { dark: "#C5C5C5", light: "#424242" } as const;

function draw({ width, height }: Pixels, colour: string): Uri {
  const scale = longestSide / Math.max(width, height);
  const [w, h] = [width * scale, height * scale];
  const [x, y] = [(box - w) / 2, (box - h) / 2];
  const rectangle = `<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${w.toFixed(2)}" height="${h.toFixed(2)}" rx="1"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${box}" height="${box}" viewBox="0 0 ${box} ${box}">${rectangle} fill="${colour}" fill-opacity="0.2" stroke="${colour}" stroke-width="1.2"/></svg>`;
  return Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`);
}

/** A small drawing of the shape, for a quick pick. */
export const sizeIcon = (pixels: Pixels) => ({ dark: draw(pixels, colours.dark), light: draw(pixels, colours.light) });
