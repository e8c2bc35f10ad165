/// <reference path="./opentype.d.ts" />
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Font, type Path, parse } from "opentype.js/dist/opentype.mjs";

/** Converts text to outlines, so that pictures look the same on machines without fonts. */
export interface TextRenderer {
  /** Width of a line, pixels. */
  measure(text: string, style: TextStyle): number;
  /** SVG path data of a line that starts at x, with its baseline at y. */
  outline(text: string, style: TextStyle, x: number, y: number): string;
}

/** The style of a line. */
export interface TextStyle {
  readonly weight: 400 | 600;
  /** Pixels per em. */
  readonly size: number;
  /** Extra space after each character, in em. */
  readonly tracking?: number;
}

type Weight = TextStyle["weight"];

interface CharacterGlyph {
  readonly font: Font | undefined;
  readonly character: string;
}

// In search order. Each file has one part of Unicode.
const fontSubsets = ["latin", "latin-ext", "cyrillic", "greek"];
const weights = [400, 600] as const;
/** Width of the box for a character that no font has, in em. */
const missingGlyphWidth = 0.62;

async function loadFont(folder: URL, script: string, weight: Weight): Promise<Font> {
  const bytes = await readFile(new URL(`inter-${script}-${weight}-normal.woff`, folder));
  return parse(new Uint8Array(bytes).buffer);
}

/** A hollow box: two rectangles, the inner one with the opposite direction. */
function missingGlyphBox(x: number, y: number, size: number): string {
  const [left, width, height, line] = [x + size * 0.06, size * 0.5, size * 0.7, Math.max(1, size * 0.05)];
  const inner = `M${left + line} ${y - line}v${2 * line - height}h${width - 2 * line}v${height - 2 * line}z`;
  return `M${left} ${y}h${width}v${-height}h${-width}z${inner}`;
}

/**
 * The path as SVG. The library's own writer has NaN for fractions below 1e-6 in version 2.0.0:
 * https://github.com/opentypejs/opentype.js/issues/876
 */
const pathData = ({ commands }: Path): string =>
  commands
    .map(
      ({ type, ...points }) =>
        `${type}${Object.values(points)
          .map((value) => value.toFixed(1))
          .join(" ")}`,
    )
    .join("");

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Loads the fonts of a folder.
 * @throws Error with a sentence if a file is missing or is not a font.
 */
export async function loadTextRenderer(folder: string | URL): Promise<TextRenderer> {
  const base = typeof folder === "string" ? pathToFileURL(`${folder}${path.sep}`) : folder;
  let fonts: ReadonlyMap<Weight, readonly Font[]>;
  try {
    const loaded = await Promise.all(
      weights.map(async (weight) => {
        return [weight, await Promise.all(fontSubsets.map((script) => loadFont(base, script, weight)))] as const;
      }),
    );
    fonts = new Map(loaded);
  } catch (cause) {
    throw new Error(`The sandbox cannot read its fonts in ${base.pathname}. Build or install again.`, { cause });
  }

  /**
   * Text is split into graphemes: an emoji of several code points is one box, not five.
   */
  function toGlyphs(text: string, weight: Weight): CharacterGlyph[] {
    return [...segmenter.segment(text.normalize("NFC"))].map(({ segment }) => {
      const font = fonts.get(weight)?.find((candidate) => [...segment].every((code) => candidate.hasChar(code)));
      return { font, character: segment };
    });
  }

  function layOut(
    text: string,
    { weight, size, tracking = 0 }: TextStyle,
    draw: (glyphOfCharacter: CharacterGlyph, x: number) => void,
  ): number {
    let x = 0;
    let last: CharacterGlyph | undefined;
    for (const glyphOfCharacter of toGlyphs(text, weight)) {
      const { font, character } = glyphOfCharacter;
      if (font === undefined) {
        draw(glyphOfCharacter, x);
        x += size * missingGlyphWidth;
      } else {
        const scale = size / font.unitsPerEm;
        const glyph = font.charToGlyph(character);
        if (last?.font === font) x += scale * font.getKerningValue(font.charToGlyph(last.character), glyph);
        draw(glyphOfCharacter, x);
        x += scale * (glyph.advanceWidth ?? 0);
      }
      x += size * tracking;
      last = glyphOfCharacter;
    }
    return x;
  }

  return {
    measure: (text, style) => layOut(text, style, () => {}),
    outline(text, style, left, y) {
      const parts: string[] = [];
      layOut(text, style, ({ font, character }, x) => {
        // Glyph by glyph, because the library fails on Inter's substitution table for whole lines.
        const glyph = font?.charToGlyph(character);
        const path = glyph?.getPath(left + x, y, style.size);
        parts.push(path === undefined ? missingGlyphBox(left + x, y, style.size) : pathData(path));
      });
      return parts.join("");
    },
  };
}
