/**
 * Matching colours as `#rrggbb`: a gradient from `from` to `to`, and `accents` that contrast with
 * both.
 */
export interface Palette {
  readonly from: string;
  readonly to: string;
  readonly accents: readonly [string, string, string];
}

/** Chosen by eye: a calm pair and three accents each. */
export const palettes: readonly [Palette, ...Palette[]] = [
  { from: "#f6e7d2", to: "#1f3a4d", accents: ["#e07a5f", "#f2b866", "#3d7c86"] },
  { from: "#fbe3d6", to: "#42213d", accents: ["#d1495b", "#f29e6d", "#83506f"] },
  { from: "#e3efe9", to: "#16423c", accents: ["#6a9c89", "#e9c46a", "#c4633f"] },
  { from: "#e4ebf7", to: "#1b2550", accents: ["#4f6bd8", "#f28f79", "#9db4f0"] },
  { from: "#fdf0d5", to: "#4a1d22", accents: ["#c1443c", "#e9a15b", "#5f7f92"] },
  { from: "#efe6f6", to: "#2b1b4b", accents: ["#8a63d2", "#f08aa8", "#f5c26b"] },
  { from: "#e9f3f6", to: "#0f3b52", accents: ["#2f8fa8", "#f4a259", "#8cc7c1"] },
  { from: "#f4efe6", to: "#2e3138", accents: ["#d9825b", "#8a9a8b", "#d8b26e"] },
  { from: "#f9e9e4", to: "#24344d", accents: ["#e5989b", "#b5838d", "#6d7fa8"] },
  { from: "#eef1dc", to: "#30451f", accents: ["#8fa84d", "#e8b04a", "#b7603d"] },
];

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** Mixes two colours; `share` is the part of the second one, 0 to 1. */
export function mix(one: string, other: string, share: number): string {
  const target = channels(other);
  const mixed = channels(one).map((value, index) => Math.round(value + ((target[index] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
