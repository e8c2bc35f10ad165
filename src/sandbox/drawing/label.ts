import type { OutputFormat } from "../../core/models/model.ts";
import type { TextRenderer, TextStyle } from "./textRenderer.ts";

/** The text of the label, and the size of its picture in pixels. */
export interface LabelContent {
  readonly words: string;
  readonly width: number;
  readonly height: number;
  readonly format: OutputFormat;
}

const [paper, ink, mutedInk] = ["#fdfcf9", "#15161a", "#4b4e57"];
const maxLines = 3;

/**
 * Shortens text by whole words, and a single word by letters, until it fits with an ellipsis at its
 * end.
 */
function shorten(text: string, fits: (text: string) => boolean): string {
  const words = text.split(" ");
  const pieces =
    words.length > 1 && fits(`${words[0]}…`) ? { list: words, joint: " " } : { list: [...text], joint: "" };
  const shortened = (count: number): string =>
    `${pieces.list
      .slice(0, count)
      .join(pieces.joint)
      .replace(/[\s,.;:]+$/, "")}…`;
  // Bisection, as measuring takes long.
  let [fitting, tooMany] = [1, pieces.list.length + 1];
  while (tooMany - fitting > 1) {
    const count = Math.floor((fitting + tooMany) / 2);
    if (fits(shortened(count))) fitting = count;
    else tooMany = count;
  }
  return shortened(fitting);
}

/**
 * Breaks text into at most three lines. An ellipsis replaces the rest, and the end of a word that
 * is too long.
 */
export function wrap(text: string, fits: (text: string) => boolean): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (lines.length === maxLines - 1) return [...lines, shorten(longer, fits)];
    if (line !== "") lines.push(line);
    line = fits(word) ? word : shorten(word, fits);
  }
  return line === "" ? lines : [...lines, line];
}

/**
 * A label in the lower left corner, as SVG: the word SANDBOX, the first words of the prompt, and
 * facts about the file. It scales with the longer side, so that it is legible on a thumbnail of 300
 * px.
 */
export function label({ words, width, height, format }: LabelContent, textRenderer: TextRenderer): string {
  const size = Math.min(Math.max(width, height) * 0.0365, Math.min(width, height) * 0.088);
  const [margin, pad] = [size * 0.85, size * 0.8];
  const textStyle: TextStyle = { weight: 600, size, tracking: -0.012 };
  const factsStyle: TextStyle = { weight: 400, size: size * 0.74 };
  const tagStyle: TextStyle = { weight: 600, size: size * 0.66, tracking: 0.09 };
  const maxTextWidth = Math.min(width - 2 * margin, size * 19) - 2 * pad;
  const lines = words === "" ? [] : wrap(words, (line) => textRenderer.measure(line, textStyle) <= maxTextWidth);
  const factsText = `${width} × ${height} · ${format}`;

  const tagWidth = textRenderer.measure("SANDBOX", tagStyle) + size * 0.9;
  const tagHeight = size * 1.12;
  const rowWidth = tagWidth + size * 0.55 + textRenderer.measure(factsText, factsStyle);
  const inner = Math.max(rowWidth, ...lines.map((line) => textRenderer.measure(line, textStyle)));
  const leading = size * 1.22;
  const gap = lines.length > 0 ? size * 0.5 : 0;
  const [boxWidth, boxHeight] = [inner + 2 * pad, pad * 1.7 + tagHeight + gap + lines.length * leading];
  const [left, top] = [margin, height - margin - boxHeight];
  const x = left + pad;
  const tagTop = top + pad * 0.85;
  const middle = tagTop + tagHeight / 2;
  const firstBaseline = tagTop + tagHeight + gap + size * 0.92;

  const path = (what: string, fill: string): string => `<path d="${what}" fill="${fill}"/>`;
  // Capitals and digits of Inter are 0.727 em high, so the baseline is half of that below the
  // middle.
  const centred = (style: TextStyle): number => middle + style.size * 0.3635;
  return [
    `<rect x="${left}" y="${top + size * 0.12}" width="${boxWidth}" height="${boxHeight}" rx="${size * 0.5}" fill="#000" opacity="0.16"/>`,
    `<rect x="${left}" y="${top}" width="${boxWidth}" height="${boxHeight}" rx="${size * 0.5}" fill="${paper}"/>`,
    `<rect x="${x}" y="${tagTop}" width="${tagWidth}" height="${tagHeight}" rx="${size * 0.28}" fill="${ink}"/>`,
    path(textRenderer.outline("SANDBOX", tagStyle, x + size * 0.48, centred(tagStyle)), paper),
    path(textRenderer.outline(factsText, factsStyle, x + tagWidth + size * 0.5, centred(factsStyle)), mutedInk),
    ...lines.map((line, index) => path(textRenderer.outline(line, textStyle, x, firstBaseline + index * leading), ink)),
  ].join("");
}
