/** What an image file shows, and what it says of itself. */
export interface ImageContent {
  /** XMP, as bytes of UTF-8; absent if there is none. */
  readonly xmp?: Uint8Array;
  /** The encoded pixels, in pieces. */
  readonly pixels: readonly Uint8Array[];
}

/** Bytes of ASCII text. */
export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes after a prefix; `undefined` if they do not start with it. */
export function afterPrefix(bytes: Uint8Array, prefix: Uint8Array): Uint8Array | undefined {
  return prefix.every((byte, index) => bytes[index] === byte) ? bytes.subarray(prefix.length) : undefined;
}
