import type { OutputFormat } from "../../core/models/model.ts";
import type { Layer } from "../../imaging/operation.ts";
import { wrap } from "./label.ts";
import { mix, palettes } from "./palette.ts";
import { createRandom } from "./random.ts";
import type { TextRenderer, TextStyle } from "./textRenderer.ts";

/** What a draft image shows, and its pixels. */
export interface DraftDrawingInput {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly format: OutputFormat;
}

/** A line of text in the middle of the picture. */
interface Line {
  readonly text: string;
  readonly style: TextStyle;
  readonly opacity: number;
}

/** Pixels per em of the smallest text that can be read. */
const smallestText = 11;

/** Maximum number of characters of the prompt that are drawn: three lines of narrow letters. */
const maxCharacters = 500;

/** Height of a line, and the gap after the word, in em. */
const [leading, gap] = [1.3, 0.35];

/** Height of the capitals of Inter, in em. */
const capitals = 0.727;

const wordStyle = (size: number): TextStyle => ({ weight: 600, size, tracking: 0.08 });

/** The word, as large as fits; its first letter alone in an icon that is too small for it. */
function wordLine({ width, height }: DraftDrawingInput, textRenderer: TextRenderer): Line {
  const share = 0.9;
  const fitting = (text: string) =>
    Math.min(
      (share * width) / textRenderer.measure(text, wordStyle(1)),
      (share * height) / capitals,
      Math.max(0.15 * Math.min(width, height), 12),
    );
  const text = fitting("DRAFT") < 7 ? "D" : "DRAFT";
  return { text, style: wordStyle(fitting(text)), opacity: 1 };
}

/** Size and prompt below the word, as far as they can be read and fit. */
function detailLines(
  { prompt, width, height, format }: DraftDrawingInput,
  word: Line,
  textRenderer: TextRenderer,
): readonly Line[] {
  const size = Math.max(smallestText, word.style.size * 0.34);
  if (size > word.style.size * 0.5) {
    return [];
  }
  const style: TextStyle = { weight: 400, size };
  const fits = (text: string) => textRenderer.measure(text, style) <= Math.min(0.86 * width, size * 34);
  const facts = `${width} × ${height} · ${format}`;
  const start = [...prompt.replace(/\s+/g, " ")].slice(0, maxCharacters).join("");
  const texts = [...(fits(facts) ? [facts] : []), ...wrap(start, fits)];
  const count = Math.floor((0.8 * height - word.style.size * (1 + gap)) / (size * leading));
  return texts.slice(0, Math.max(0, count)).map((text, index) => ({ text, style, opacity: index === 0 ? 0.7 : 1 }));
}

/** Thin diagonals from corner to corner, and a frame, as designers draw an image to come. */
function frame({ width, height }: DraftDrawingInput, colour: string): string {
  const line = Math.max(1, Math.min(width, height) / 400);
  const inset = line / 2;
  return `<g fill="none" stroke="${colour}" stroke-width="${line}" opacity="0.3">
    <path d="M0 0L${width} ${height}M${width} 0L0 ${height}"/>
    <rect x="${inset}" y="${inset}" width="${width - line}" height="${height - line}"/></g>`;
}

/**
 * The layer of a draft image: the word DRAFT, size and prompt on a calm ground. The prompt decides
 * on the colours, so that several drafts can be distinguished.
 */
export function draftLayers(input: DraftDrawingInput, textRenderer: TextRenderer): Layer[] {
  const { prompt, width, height } = input;
  const { from, to } = createRandom(prompt).pick(palettes);
  const background = mix(from, "#ffffff", 0.35);
  const word = wordLine(input, textRenderer);
  const details = detailLines(input, word, textRenderer);
  const detailHeight = details.reduce((sum, { style }) => sum + style.size * leading, 0);
  const wordHeight = word.style.size * capitals;
  const gapHeight = details.length === 0 ? 0 : word.style.size * gap;
  const top = (height - wordHeight - gapHeight - detailHeight) / 2;
  const outlineOf = ({ text, style, opacity }: Line, baseline: number): string => {
    // The last character has space after it that the eye does not see.
    const lineWidth = textRenderer.measure(text, style) - style.size * (style.tracking ?? 0);
    const path = textRenderer.outline(text, style, (width - lineWidth) / 2, baseline);
    return `<path d="${path}" fill="${to}" opacity="${opacity}"/>`;
  };
  const widest = Math.max(...[word, ...details].map(({ text, style }) => textRenderer.measure(text, style)));
  const padding = word.style.size * 0.5;
  const content = [
    `<rect width="${width}" height="${height}" fill="${background}"/>`,
    frame(input, to),
    // The diagonals end before the text.
    `<rect x="${(width - widest) / 2 - padding}" y="${top - padding}" width="${widest + 2 * padding}"
      height="${wordHeight + gapHeight + detailHeight + 2 * padding}" fill="${background}"/>`,
    outlineOf(word, top + wordHeight),
    ...details.map((line, index) =>
      outlineOf(line, top + wordHeight + gapHeight + line.style.size * (leading * index + 1)),
    ),
  ];
  const size = `width="${width}" height="${height}"`;
  return [{ kind: "svg", svg: `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${content.join("")}</svg>` }];
}
