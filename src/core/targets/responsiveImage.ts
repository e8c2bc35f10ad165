import { escapeHtml } from "../links/link.ts";

/** A file of a set that shows one picture in several sizes, formats or themes. */
export interface ImageVariant {
  /** The address in the link, percent-encoded. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** Languages that the snippet is written in. */
export type SnippetLanguage = "html" | "jsx" | "css";

/** Formats, the lightest first; browsers take the first that they know. The last is for all. */
const types: readonly (readonly [extension: RegExp, type: string])[] = [
  [/\.avif$/i, "image/avif"],
  [/\.webp$/i, "image/webp"],
  [/\.jpe?g$/i, "image/jpeg"],
  [/\.png$/i, "image/png"],
];

const typeIndex = ({ path }: ImageVariant): number => types.findIndex(([extension]) => extension.test(path));

/** Density in the name of a file: `hut@2x.png`, also percent-encoded. */
const densityOf = ({ path }: ImageVariant): string | undefined => /(?:@|%40)(\d(?:\.\d)?x)\.\w+$/.exec(path)?.[1];

/** Subject and theme in the path of a file, before size and density: `hut-dark-640w@2x.webp`. */
const nameParts = /^(.*?)(?:[-_.](dark|light))?(?:[-_.]\d+(?:w|x\d+)?)?(?:(?:@|%40)[\d.]+x)?\.\w+$/i;

/** The variants for the dark theme. Without others of the subject, “dark” is part of the name. */
function darkOnes(variants: readonly ImageVariant[]): ReadonlySet<ImageVariant> {
  const named = variants.map((variant) => {
    const [, subject = "", theme = ""] = nameParts.exec(variant.path) ?? [];
    return { variant, subject, isDark: theme.toLowerCase() === "dark" };
  });
  const others = new Set(named.flatMap(({ subject, isDark }) => (isDark ? [] : [subject])));
  return new Set(named.flatMap(({ variant, subject, isDark }) => (isDark && others.has(subject) ? [variant] : [])));
}

/** Shapes that differ by rounding only. */
const isAlike = (one: ImageVariant, other: ImageVariant): boolean =>
  Math.abs((one.width * other.height) / (one.height * other.width) - 1) < 0.02;

/** The variants of one format and theme, the smallest first. */
type Row = readonly [ImageVariant, ...ImageVariant[]];

function rowsOf(variants: readonly ImageVariant[]): readonly Row[] {
  return types.flatMap((_, index): readonly Row[] => {
    const [first, ...others] = variants
      .filter((variant) => typeIndex(variant) === index)
      .toSorted((one, other) => one.width - other.width);
    return first === undefined ? [] : [[first, ...others]];
  });
}

const largestOf = (row: Row): ImageVariant => row.at(-1) ?? row[0];

/** Whether each file is for screens of another density, which their names say. */
const hasDensities = (row: Row): boolean => {
  const densities = row.map(densityOf);
  const numbers = densities.map((density) => Number.parseFloat(density ?? "1"));
  return densities.some((density) => density !== undefined) && new Set(numbers).size === row.length;
};

/** The file for a screen of the first density, which `src` names. */
const sourceOf = (row: Row): ImageVariant => (hasDensities(row) ? row[0] : largestOf(row));

function candidates(row: Row): string {
  if (row.length === 1) return row[0].path;
  const descriptor = (variant: ImageVariant) =>
    hasDensities(row) ? (densityOf(variant) ?? "1x") : `${variant.width}w`;
  return row.map((variant) => `${variant.path} ${descriptor(variant)}`).join(", ");
}

/** As wide as the window up to the largest file. The author may know better. */
const sizesOf = (row: Row): string => {
  const { width } = largestOf(row);
  return row.length === 1 || hasDensities(row) ? "" : ` sizes="(max-width: ${width}px) 100vw, ${width}px"`;
};

function imageSet(light: readonly Row[]): string {
  const images = light.flatMap((row) => {
    const shown = hasDensities(row) ? row : [sourceOf(row)];
    const [, type] = types[typeIndex(row[0])] ?? [];
    const density = (variant: ImageVariant) => (hasDensities(row) ? densityOf(variant) : undefined) ?? "1x";
    return shown.map((variant) => `url("${variant.path}") type("${type}") ${density(variant)}`);
  });
  return `background-image: image-set(\n  ${images.join(",\n  ")}\n);`;
}

/**
 * One link for all files of a set: an `img` with `srcset`, a `picture` if there are several formats
 * or themes, and `image-set()` in CSS. `undefined` if the files do not show one picture, or if the
 * language has no such link. Sources: HTML, 4.8.4; CSS Images Level 4, 2.4.
 */
export function responsiveImage(
  variants: readonly ImageVariant[],
  alt: string,
  language: SnippetLanguage,
): string | undefined {
  const forDark = darkOnes(variants);
  const dark = rowsOf([...forDark]);
  const light = rowsOf(variants.filter((variant) => !forDark.has(variant)));
  const fallback = light.at(-1);
  const [first] = variants;
  const isOne = first !== undefined && variants.length > 1 && variants.every((variant) => isAlike(first, variant));
  const isKnown = variants.every((variant) => typeIndex(variant) >= 0);
  const uses = variants.map((variant) => [typeIndex(variant), variant.width, forDark.has(variant)].join());
  const isUnique = new Set(uses).size === uses.length;
  if (!isOne || !isKnown || !isUnique || fallback === undefined) return undefined;
  if (language === "css") return dark.length > 0 ? undefined : imageSet(light);
  const [srcset, tagEnd] = language === "jsx" ? ["srcSet", " />"] : ["srcset", ">"];
  const source = (row: Row, media: string) => {
    const [, type] = types[typeIndex(row[0])] ?? [];
    return `  <source${media} type="${type}" ${srcset}="${candidates(row)}"${sizesOf(row)}${tagEnd}`;
  };
  const { path, width, height } = sourceOf(fallback);
  const set = fallback.length === 1 ? "" : ` ${srcset}="${candidates(fallback)}"${sizesOf(fallback)}`;
  const image = `<img src="${path}"${set} alt="${escapeHtml(alt)}" width="${width}" height="${height}"${tagEnd}`;
  const sources = [
    ...dark.map((row) => source(row, ' media="(prefers-color-scheme: dark)"')),
    ...light.slice(0, -1).map((row) => source(row, "")),
  ];
  return sources.length === 0 ? image : ["<picture>", ...sources, `  ${image}`, "</picture>"].join("\n");
}
