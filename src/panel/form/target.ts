import type { DraftFields } from "../../protocol.ts";

type Format = NonNullable<DraftFields["format"]>;

/** File extensions of each format, the one Limn writes first. */
const extensions: Readonly<Record<Format, readonly string[]>> = {
  JPG: ["jpg", "jpeg", "jpe", "jfif"],
  PNG: ["png"],
  WEBP: ["webp"],
};

const formats: readonly Format[] = ["JPG", "PNG", "WEBP"];

const ending = /\.(jpe?g|jpe|jfif|png|webp)$/i;

/** The format a path asks for by its extension; `undefined` where it has none that is known. */
export function formatIn(path: string): Format | undefined {
  const extension = ending.exec(path)?.[1]?.toLowerCase();
  return formats.find((format) => extension !== undefined && extensions[format].includes(extension));
}

/** The path with the extension of a format; a path without a known extension stays as it is. */
export const withFormat = (path: string, format: Format): string =>
  formatIn(path) === format ? path : path.replace(ending, `.${extensions[format][0]}`);
