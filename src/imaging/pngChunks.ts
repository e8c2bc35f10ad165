import { maxChunks } from "./maxChunks.ts";

/**
 * Bytes of PNG's signature, and of a chunk's length, type or checksum. Source: PNG specification,
 * 5.2 and 5.3.
 */
const [signature, field] = [8, 4];

/** A chunk of a PNG. */
export interface PngChunk {
  /** Four letters, such as `eXIf`. */
  readonly type: string;
  /** Its bytes, as far as they are there. */
  readonly data: Uint8Array;
}

/** The first chunks of a PNG, as far as their types are there. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = signature, left = maxChunks; left > 0 && offset + 2 * field <= bytes.length; left -= 1) {
    const [typeStart, start] = [offset + field, offset + 2 * field];
    const type = String.fromCharCode(...bytes.subarray(typeStart, start));
    const end = start + view.getUint32(offset);
    yield { type, data: bytes.subarray(start, end) };
    offset = end + field;
  }
}

/** The chunks of a PNG that come before its pixels. */
export function* pngChunksBeforePixels(bytes: Uint8Array): Generator<PngChunk> {
  for (const chunk of pngChunks(bytes)) {
    if (chunk.type === "IDAT") return;
    yield chunk;
  }
}
