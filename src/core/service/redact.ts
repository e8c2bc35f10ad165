/** Replaces a key. */
const placeholder = "‹key›";

/**
 * Shortest key that differs from ordinary text. Runware's keys have 32 characters. A shorter
 * one would match parts of UUIDs and links.
 */
const minKeyLength = 8;

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

/**
 * The part of a base64 text that does not depend on the bytes before and after, for one of the
 * three possible alignments.
 */
function base64Core(bytes: Uint8Array, precedingBytes: 0 | 1 | 2): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(precedingBytes), ...bytes)).replace(/=+$/, "");
  const isAligned = (precedingBytes + bytes.length) % 3 === 0;
  return text.slice(Math.ceil((precedingBytes * 4) / 3), isAligned ? undefined : -1);
}

/**
 * The encodings in which a server, a proxy or an error page may repeat a header: plain,
 * percent-encoded, base64 and hexadecimal.
 */
function encodings(key: string): string[] {
  const bytes = new TextEncoder().encode(key);
  const base64 = ([0, 1, 2] as const).map((before) => base64Core(bytes, before));
  return [
    key,
    encodeURIComponent(key),
    [...bytes].map((byte) => `%${hex(byte)}`).join(""),
    [...bytes].map(hex).join(""),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

/** Returns a function that removes a key from texts, in all its encodings. */
export function createRedactor(key: string): (text: string) => string {
  if (key.length < minKeyLength) {
    return (text) => text;
  }
  const pattern = new RegExp([...new Set(encodings(key))].map(escapeRegExp).join("|"), "gi");
  return (text) => text.replace(pattern, placeholder);
}
