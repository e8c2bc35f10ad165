import type { DraftFields } from "../../../protocol.ts";

type Format = NonNullable<DraftFields["format"]>;

/** File extensions of each format, the one Limn writes first. */
const extensionsByFormat: Readonly<Record<Format, readonly string[]>> = {
  JPG: ["jpg", "jpeg", "jpe", "jfif"],
  PNG: ["png"],
  WEBP: ["webp"],
};

const formats: readonly Format[] = ["JPG", "PNG", "WEBP"];

const imageExtension = /\.(jpe?g|jpe|jfif|png|webp)$/i;

/** The format a path asks for by its extension; `undefined` where it has none that is known. */
export function formatOfPath(path: string): Format | undefined {
  const extension = imageExtension.exec(path)?.[1]?.toLowerCase();
  return formats.find((format) => extension !== undefined && extensionsByFormat[format].includes(extension));
}

/** The path with the extension of a format; a path without a known extension stays as it is. */
export const withExtensionOf = (path: string, format: Format): string =>
  formatOfPath(path) === format ? path : path.replace(imageExtension, `.${extensionsByFormat[format][0]}`);
