import type { Box, Layer } from "../../imaging/operation.ts";
import { type LabelContent, label } from "./label.ts";
import { palettes } from "./palette.ts";
import { patterns } from "./patterns.ts";
import { createRandom } from "./random.ts";
import type { TextRenderer } from "./textRenderer.ts";

/** The input of a drawing. The same input always gives the same picture. */
export interface DrawingInput extends LabelContent {
  readonly seed: number;
  /** Encoded bytes of the references, in order. */
  readonly references: readonly Uint8Array[];
}

/**
 * The positions of the inset cards: a block in the upper right corner, one row high if the label
 * leaves no more room.
 */
function cardBoxes(count: number, width: number, height: number): Box[] {
  const columns = count <= 3 || width > height * 2 ? count : Math.ceil(count / 2);
  const rows = Math.ceil(count / Math.max(1, columns));
  const shortSide = Math.min(width, height);
  const [margin, gap] = [shortSide * 0.055, shortSide * 0.028];
  const side = Math.floor(Math.min((width * 0.62) / columns - gap, (height * 0.44) / rows - gap, shortSide * 0.34));
  return Array.from({ length: count }, (_, index) => ({
    left: Math.round(width - margin - (columns - (index % columns)) * (side + gap) + gap),
    top: Math.round(margin + Math.floor(index / columns) * (side + gap)),
    width: side,
    height: side,
  }));
}

function cardFrame({ left, top, width, height }: Box): string {
  const [edge, radius] = [width * 0.03, width * 0.07];
  const outer = `width="${width + 2 * edge}" height="${height + 2 * edge}" rx="${radius + edge}"`;
  return `<rect x="${left - edge}" y="${top - edge + width * 0.03}" ${outer} fill="#000" opacity="0.18"/>
    <rect x="${left - edge}" y="${top - edge}" ${outer} fill="#fdfcf9"/>`;
}

/**
 * The layers of a picture, from bottom to top: a pattern, then the label. The prompt and the seed
 * determine the pattern's family, colours and lines. The first reference, if any, fills the
 * background under a tint and a thin pattern; the others are cards on top of it.
 */
export function drawingLayers(input: DrawingInput, textRenderer: TextRenderer): Layer[] {
  const { width, height, words, seed, references } = input;
  const random = createRandom(`${seed}:${words}`);
  const palette = random.pick(palettes);
  const pattern = random.pick(patterns)({ width, height, palette, random });
  const svgOf = (content: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;

  const [first, ...others] = references;
  const boxes = cardBoxes(others.length, width, height);
  const cards = others.flatMap((bytes, index): Layer[] => {
    const box = boxes[index];
    return box === undefined ? [] : [{ kind: "picture", bytes, box, radius: Math.round(box.width * 0.07) }];
  });
  const fullBox = { left: 0, top: 0, width, height };
  const background: Layer[] =
    first === undefined
      ? [{ kind: "svg", svg: svgOf(pattern) }]
      : [
          { kind: "picture", bytes: first, box: fullBox, radius: 0 },
          { kind: "svg", svg: svgOf(`<g opacity="0.32">${pattern}</g>`) },
        ];
  const frames = boxes.map(cardFrame).join("");
  const labelLayer: Layer = { kind: "svg", svg: svgOf(label(input, textRenderer)) };
  return cards.length === 0
    ? [...background, labelLayer]
    : [...background, { kind: "svg", svg: svgOf(frames) }, ...cards, labelLayer];
}
