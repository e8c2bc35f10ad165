/** Stands where a key was. */
const placeholder = "‹key›";

/**
 * Characters a key must have to be told from ordinary text; Runware's have 32. A shorter one would
 * be found in UUIDs and links.
 */
const minKeyLength = 8;

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

/**
 * The part of a base64 text that is the same whatever stands before and after the bytes, for one of
 * the three ways they may lie.
 */
function base64Core(bytes: Uint8Array, precedingBytes: 0 | 1 | 2): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(precedingBytes), ...bytes)).replace(/=+$/, "");
  const isAligned = (precedingBytes + bytes.length) % 3 === 0;
  return text.slice(Math.ceil((precedingBytes * 4) / 3), isAligned ? undefined : -1);
}

/**
 * The ways in which a server, a proxy or an error page repeats a header: as it is, in an address,
 * in base64 and in hexadecimal.
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

/**
 * Gives what takes a key out of a text, in all its spellings. A text without it comes back as it
 * is.
 */
export function createRedactor(key: string): (text: string) => string {
  if (key.length < minKeyLength) {
    return (text) => text;
  }
  const pattern = new RegExp([...new Set(encodings(key))].map(escapeRegExp).join("|"), "gi");
  return (text) => text.replace(pattern, placeholder);
}
