import { concatBytes } from "../../core/bytes.ts";
import type { Pixels } from "../../core/models/size.ts";
import { maxChunks } from "../maxChunks.ts";
import { ascii, type ImageContent } from "./imageContent.ts";

// Source: WebP container specification (RFC 9649), 2.3 to 2.7.
/** Bytes of `RIFF`, the size and `WEBP`; of a chunk's name or size; of the header's chunk. */
const [fileHeader, field, headerChunkLength] = [12, 4, 10];
/** Flags of the header's chunk. */
const [xmpFlag, alphaFlag] = [0x04, 0x10];

interface WebpChunk {
  /** Four characters, such as `VP8X`. */
  readonly name: string;
  readonly data: Uint8Array;
}

/** The first chunks of a WebP. */
function* chunks(bytes: Uint8Array): Generator<WebpChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = fileHeader, left = maxChunks; left > 0 && offset + 2 * field <= bytes.length; left -= 1) {
    const name = String.fromCharCode(...bytes.subarray(offset, offset + field));
    const length = view.getUint32(offset + field, true);
    const start = offset + 2 * field;
    yield { name, data: bytes.subarray(start, start + length) };
    // Chunks have an even length.
    offset = start + length + (length % 2);
  }
}

/** XMP and pixels of a WebP. */
export function webpContent(bytes: Uint8Array): ImageContent {
  const all = [...chunks(bytes)];
  const xmp = all.find(({ name }) => name === "XMP ")?.data;
  const pixels = all.filter(({ name }) => ["ALPH", "ANMF", "VP8 ", "VP8L"].includes(name)).map(({ data }) => data);
  return { pixels, ...(xmp === undefined ? {} : { xmp }) };
}

function encodeChunk(name: string, data: Uint8Array): Uint8Array {
  const size = new Uint8Array(field);
  new DataView(size.buffer).setUint32(0, data.length, true);
  return concatBytes([ascii(name), size, data, new Uint8Array(data.length % 2)]);
}

/** A copy of a WebP without metadata, of these pixels, with XMP. */
export function webpWithXmp(
  bytes: Uint8Array,
  xmp: Uint8Array,
  { width, height, hasAlpha }: Pixels & { readonly hasAlpha: boolean },
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(headerChunkLength);
  const view = new DataView(header.buffer);
  header[0] = xmpFlag | (hasAlpha ? alphaFlag : 0);
  // Two numbers of 24 bits, one less than the pixels.
  view.setUint32(4, width - 1, true);
  view.setUint16(7, (height - 1) & 0xffff, true);
  view.setUint8(9, (height - 1) >> 16);
  const pixels = [...chunks(bytes)].filter(({ name }) => name !== "VP8X");
  const body = concatBytes([
    ascii("WEBP"),
    encodeChunk("VP8X", header),
    ...pixels.map(({ name, data }) => encodeChunk(name, data)),
    encodeChunk("XMP ", xmp),
  ]);
  const size = new Uint8Array(field);
  new DataView(size.buffer).setUint32(0, body.length, true);
  return concatBytes([ascii("RIFF"), size, body]);
}
