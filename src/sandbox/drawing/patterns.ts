import { mix, type Palette } from "./palette.ts";
import type { Random } from "./random.ts";

/** The size in pixels, the colours and the random numbers of a pattern. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly random: Random;
}

type Pattern = (canvas: Canvas) => string;

const round = (value: number): string => value.toFixed(1);
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A gradient over the whole picture: downwards at `angle` 0, diagonal at 1. */
function ground({ width, height }: Canvas, id: string, from: string, to: string, slant: number): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="${slant}" y2="1"><stop offset="0" stop-color="${from}"/>
    <stop offset="1" stop-color="${to}"/></linearGradient><rect width="${width}" height="${height}" fill="url(#${id})"/>`;
}

/** A line of hills from the left edge to the right as a function of x, made of a few sine waves. */
function hills(random: Random, width: number, rise: number): (x: number) => number {
  const waves = range(3).map((index) => ({
    length: (width * random.between(0.9, 1.5)) / (index + 1),
    shift: random.between(0, Math.PI * 2),
    rise: rise / (index + 1) ** 1.4,
  }));
  return (x) =>
    waves.reduce((sum, wave) => sum + wave.rise * Math.sin((x / wave.length) * Math.PI * 2 + wave.shift), 0);
}

function curve(width: number, height: (x: number) => number, count: number): string {
  return range(count + 1)
    .map((index) => (index * width) / count)
    .map((x, index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(height(x))}`)
    .join("");
}

/** Hills behind hills under a low sun. */
const dunes: Pattern = (canvas) => {
  const { width, height, palette, random } = canvas;
  const [first, second] = random.shuffle(palette.accents);
  const sunColour = first ?? palette.from;
  const radius = Math.min(width, height) * random.between(0.13, 0.21);
  const [x, y] = [width * random.between(0.56, 0.82), height * random.between(0.24, 0.4)];
  const count = 6;
  const layers = range(count).map((index) => {
    const share = (index + 1) / count;
    const line = hills(random, width, height * 0.045 * (1 + share));
    const base = height * (0.4 + 0.1 * index);
    const fill = mix(mix(second ?? palette.to, palette.from, 0.55), palette.to, share ** 1.15);
    return `<path d="${curve(width, (at) => base + line(at), 96)}V${height}H0z" fill="${fill}"/>`;
  });
  return `${ground(canvas, "sky", palette.from, mix(palette.from, sunColour, 0.55), 0)}
    <radialGradient id="halo"><stop offset="0.3" stop-color="${palette.from}" stop-opacity="0.9"/>
      <stop offset="1" stop-color="${palette.from}" stop-opacity="0"/></radialGradient>
    <circle cx="${x}" cy="${y}" r="${radius * 2.2}" fill="url(#halo)"/>
    <circle cx="${x}" cy="${y}" r="${radius}" fill="${sunColour}"/>${layers.join("")}`;
};

/** The shapes of a square tile of side 1, with its corner at the origin. */
const tileShapes: readonly [string, ...string[]] = [
  "M0 0H1A1 1 0 0 1 0 1z",
  "M0 0A1 1 0 0 1 1 1A1 1 0 0 1 0 0z",
  "M0 .5A.5 .5 0 0 1 1 .5z M0 1A.5 .5 0 0 1 1 1z",
  "M.5 .1A.4 .4 0 0 1 .5 .9A.4 .4 0 0 1 .5 .1z",
  "M0 0H.5A.5 .5 0 0 1 .5 1H0z",
  "M0 0H1L0 1z",
];

/** A board of squares with quarter and half circles. */
const tiles: Pattern = ({ width, height, palette, random }) => {
  const rows = height > width ? 6 : 4;
  const side = height / rows;
  const columns = Math.ceil(width / side);
  const left = (width - columns * side) / 2;
  const colours = [palette.from, mix(palette.from, palette.accents[1], 0.35), ...palette.accents, palette.to];
  const squares = range(rows * columns).map((index) => {
    const [background = palette.from, foreground = palette.to] = random.shuffle(colours);
    const [x, y] = [left + (index % columns) * side, Math.floor(index / columns) * side];
    const turn = random.pick([0, 90, 180, 270]);
    // Slightly larger than its cell, so that no seam shows between two tiles.
    return `<g transform="translate(${round(x)} ${round(y)}) scale(${round(side + 1)}) rotate(${turn} .5 .5)">
      <rect width="1" height="1" fill="${background}"/><path d="${random.pick(tileShapes)}" fill="${foreground}"/></g>`;
  });
  return squares.join("");
};

/** Soft lights that overlap, and a few fine rings. */
const glow: Pattern = (canvas) => {
  const { width, height, palette, random } = canvas;
  const long = Math.max(width, height);
  const [first, second] = random.shuffle(palette.accents);
  // Only two accents: three contrasting ones mix to grey.
  const colours = [first, second, first, palette.from, second, palette.from].map((colour) => colour ?? palette.from);
  const lights = colours.map((colour, index) => {
    const [x, y] = [random.between(-0.05, 1.05) * width, random.between(-0.05, 1.05) * height];
    const radius = long * random.between(0.26, 0.46);
    return `<radialGradient id="light${index}"><stop offset="0" stop-color="${colour}" stop-opacity="0.95"/>
      <stop offset="0.5" stop-color="${colour}" stop-opacity="0.45"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/>
      </radialGradient><circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="url(#light${index})"/>`;
  });
  const [x, y] = [width * random.between(0.55, 0.8), height * random.between(0.25, 0.5)];
  const rings = range(9).map(
    (index) => `<circle cx="${round(x)}" cy="${round(y)}" r="${round(long * (0.05 + 0.045 * index))}" fill="none"
      stroke="${palette.from}" stroke-opacity="${round(0.9 - index * 0.08)}" stroke-width="${round(long * 0.0016)}"/>`,
  );
  return `${ground(canvas, "night", palette.to, mix(palette.to, first ?? palette.from, 0.5), 1)}${lights.join("")}${rings.join("")}`;
};

/** Ridge behind ridge, each a fine line that hides what is behind it. */
const ridges: Pattern = (canvas) => {
  const { width, height, palette, random } = canvas;
  const accent = random.pick(palette.accents);
  const count = height > width ? 40 : 30;
  const middle = width * random.between(0.4, 0.68);
  const spread = width * random.between(0.16, 0.24);
  const rise = height * 0.11;
  const lines = range(count).map((index) => {
    const share = index / (count - 1);
    const base = height * (0.3 + 0.8 * share);
    const [wide, fine] = [hills(random, width * 0.3, 1), hills(random, width * 0.12, 0.4)];
    const line = (x: number): number => {
      const swell = Math.exp(-(((x - middle) / spread) ** 2));
      return base - rise * swell * Math.abs(wide(x) + fine(x)) - height * 0.004 * fine(x * 2);
    };
    const fill = mix(palette.to, mix(palette.to, accent, 0.75), share);
    return `<path d="${curve(width, line, 220)}V${height + 9}H-9z" fill="${fill}"
      stroke="${mix(accent, palette.from, 0.35 + share * 0.65)}" stroke-width="${round(Math.max(width, height) * 0.0017)}"/>`;
  });
  return `${ground(canvas, "dusk", mix(palette.to, "#000000", 0.15), palette.to, 0)}${lines.join("")}`;
};

/** Rows of concentric scales, as on Japanese wave cloth. */
const scales: Pattern = (canvas) => {
  const { width, height, palette, random } = canvas;
  const radius = Math.max(width, height) / random.pick([7, 8, 10]);
  const [rings, rowHeight] = [[1, 0.78, 0.56, 0.34, 0.12], radius / 2];
  const order = random.shuffle(palette.accents);
  const rows = Math.ceil(height / rowHeight) + 3;
  const columns = Math.ceil(width / (radius * 2)) + 2;
  const parts = range(rows * columns).map((index) => {
    const row = Math.floor(index / columns);
    const x = ((index % columns) - (row % 2 === 0 ? 0.5 : 0)) * radius * 2;
    const y = row * rowHeight;
    const share = Math.min(1, Math.max(0, y / height));
    const accent = order[Math.floor(random.between(0, 1) ** 2 * 3)] ?? palette.to;
    const pair = [mix(accent, palette.to, share * 0.55), mix(palette.from, accent, share * 0.25)];
    return rings
      .map(
        (scale, ring) =>
          `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius * scale)}" fill="${pair[ring % 2]}"/>`,
      )
      .join("");
  });
  return `<rect width="${width}" height="${height}" fill="${palette.from}"/>${parts.join("")}`;
};

/** The families of patterns. */
export const patterns: readonly [Pattern, ...Pattern[]] = [dunes, tiles, glow, ridges, scales];
