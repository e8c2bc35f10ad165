import type { OutputFormat } from "../models/model.ts";

/** Position of a scan in the latest chunk. */
interface Cursor {
  bytes: Uint8Array;
  offset: number;
}

/**
 * A scan of a picture from its first byte to its last. It pauses for more bytes and returns at the
 * picture's end.
 */
type Scan<Result = void> = Generator<undefined, Result, Uint8Array>;

function* nextChunk(cursor: Cursor): Scan {
  cursor.bytes = yield;
  cursor.offset = 0;
}

function* skip(cursor: Cursor, length: number): Scan {
  let left = length;
  while (left > cursor.bytes.length - cursor.offset) {
    left -= cursor.bytes.length - cursor.offset;
    yield* nextChunk(cursor);
  }
  cursor.offset += left;
}

function* readByte(cursor: Cursor): Scan<number> {
  let value = cursor.bytes[cursor.offset];
  while (value === undefined) {
    yield* nextChunk(cursor);
    value = cursor.bytes[cursor.offset];
  }
  cursor.offset++;
  return value;
}

/** An unsigned integer of `length` bytes, highest byte first. */
function* readUint(cursor: Cursor, length: number): Scan<number> {
  let value = 0;
  for (let read = 0; read < length; read++) {
    value = value * 256 + (yield* readByte(cursor));
  }
  return value;
}

/** Type of the chunk that ends a PNG. */
const iend = 0x49454e44;

/**
 * Skips the PNG chunks that end in this piece, up to IEND. It cannot pause, which makes it fast: a
 * hostile picture may have millions of chunks.
 */
function skipWholeChunks(cursor: Cursor): void {
  const { bytes } = cursor;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  while (cursor.offset + 8 <= bytes.length && view.getUint32(cursor.offset + 4) !== iend) {
    const next = cursor.offset + 12 + view.getUint32(cursor.offset);
    if (next > bytes.length) {
      return;
    }
    cursor.offset = next;
  }
}

/** PNG: a list of chunks that ends with a whole IEND. Source: PNG specification, 5.3 and 11.2.5. */
function* scanPng(cursor: Cursor): Scan {
  yield* skip(cursor, 8);
  for (let type = 0; type !== iend; ) {
    skipWholeChunks(cursor);
    const length = yield* readUint(cursor, 4);
    type = yield* readUint(cursor, 4);
    yield* skip(cursor, length + 4);
  }
}

/**
 * The next JPEG marker: a byte after 0xFF that is neither 0xFF nor the zero stuffed into coded
 * data.
 */
function* nextMarker(cursor: Cursor): Scan<number> {
  const [prefix, stuffed] = [0xff, 0x00];
  for (;;) {
    // About one byte in 256 of coded data is stuffed, so this loop takes most of the time. It
    // cannot pause, which makes it fast.
    do {
      cursor.offset = cursor.bytes.indexOf(prefix, cursor.offset) + 1;
    } while (cursor.offset > 0 && cursor.bytes[cursor.offset] === stuffed);
    if (cursor.offset === 0) {
      yield* nextChunk(cursor);
    } else {
      let marker = yield* readByte(cursor);
      while (marker === prefix) {
        marker = yield* readByte(cursor);
      }
      if (marker !== stuffed) {
        return marker;
      }
    }
  }
}

/** JPEG markers that have no length. Source: ITU-T T.81, B.1.1. */
const markersWithoutLength: ReadonlySet<number> = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8]);

/**
 * JPEG: segments and coded data that end with an EOI. The EOI of a thumbnail is inside a segment,
 * which is skipped.
 */
function* scanJpeg(cursor: Cursor): Scan {
  const end = 0xd9;
  for (let marker = yield* nextMarker(cursor); marker !== end; marker = yield* nextMarker(cursor)) {
    if (!markersWithoutLength.has(marker)) {
      yield* skip(cursor, Math.max(0, (yield* readUint(cursor, 2)) - 2));
    }
  }
}

/**
 * WebP: the RIFF header has the length of everything after its first eight bytes. Source: WebP
 * container specification.
 */
function* scanWebp(cursor: Cursor): Scan {
  yield* skip(cursor, 4);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, yield* readUint(cursor, 4));
  yield* skip(cursor, length.getUint32(0, true));
}

const scanners: Readonly<Record<OutputFormat, (cursor: Cursor) => Scan>> = {
  PNG: scanPng,
  JPG: scanJpeg,
  WEBP: scanWebp,
};

/**
 * Checks chunk by chunk whether a picture's bytes are complete: a truncated picture has a perfect
 * header.
 */
export class CompletenessChecker {
  readonly #scan: Scan;
  #isComplete: boolean;

  constructor(format: OutputFormat) {
    this.#scan = scanners[format]({ bytes: new Uint8Array(), offset: 0 });
    this.#isComplete = this.#scan.next().done === true;
  }

  /** Whether the end of the picture was read. Bytes after the end do no harm. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Adds the next bytes of the file. */
  write(bytes: Uint8Array): void {
    this.#isComplete ||= this.#scan.next(bytes).done === true;
  }
}
