import type { OutputFormat } from "../core/models/model.ts";

const hasAsciiAt = (bytes: Uint8Array, from: number, text: string): boolean =>
  [...text].every((letter, index) => bytes[from + index] === letter.charCodeAt(0));

/**
 * Detects the format of a file; `undefined` if Limn does not open it. Only the first twelve bytes
 * count, so no text, and no SVG, can pass for a picture (PNG 1.2 §3.1, JFIF, RFC 9649 §2.4).
 */
export function detectFormat(bytes: Uint8Array): OutputFormat | undefined {
  if (bytes[0] === 0x89 && hasAsciiAt(bytes, 1, "PNG\r\n\x1a\n")) return "PNG";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "JPG";
  if (hasAsciiAt(bytes, 0, "RIFF") && hasAsciiAt(bytes, 8, "WEBP")) return "WEBP";
  return undefined;
}
