import type { OutputFormat } from "../models/model.ts";

/** Where a walk through a picture stands: in the bytes that came last. */
interface Cursor {
  bytes: Uint8Array;
  offset: number;
}

/**
 * A walk through a picture from its first byte to its last. It pauses for more bytes, and ends
 * where the picture does.
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

/** A whole number of so many bytes, the first the highest. */
function* readUint(cursor: Cursor, length: number): Scan<number> {
  let value = 0;
  for (let read = 0; read < length; read++) {
    value = value * 256 + (yield* readByte(cursor));
  }
  return value;
}

/** PNG: its chunks lead to an IEND that is all there. Source: PNG specification, 5.3 and 11.2.5. */
function* scanPng(cursor: Cursor): Scan {
  const end = 0x49454e44;
  yield* skip(cursor, 8);
  for (let type = 0; type !== end; ) {
    const length = yield* readUint(cursor, 4);
    type = yield* readUint(cursor, 4);
    yield* skip(cursor, length + 4);
  }
}

/**
 * The next JPEG marker: a byte behind 0xFF that is neither one more of these nor the zero stuffed
 * into coded data.
 */
function* nextMarker(cursor: Cursor): Scan<number> {
  const [prefix, stuffed] = [0xff, 0x00];
  for (;;) {
    // About one byte of coded data in 256 is stuffed, so most of the walk is here, where it need
    // not be able to pause.
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

/** JPEG markers without a length after them. Source: ITU-T T.81, B.1.1. */
const markersWithoutLength: ReadonlySet<number> = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8]);

/**
 * JPEG: its segments and coded data lead to an EOI. That of a thumbnail lies inside a segment, and
 * is stepped over.
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
 * WebP: the RIFF header tells the length of all that follows its first eight bytes. Source: WebP
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
 * Follows a picture's bytes as they come, to tell whether they have come to its end: a cut one has
 * a perfect header.
 */
export class CompletenessChecker {
  readonly #scan: Scan;
  #isComplete: boolean;

  constructor(format: OutputFormat) {
    this.#scan = scanners[format]({ bytes: new Uint8Array(), offset: 0 });
    this.#isComplete = this.#scan.next().done === true;
  }

  /** Whether the picture has come to its end. What follows the end does no harm. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** The next bytes of the file. */
  write(bytes: Uint8Array): void {
    this.#isComplete ||= this.#scan.next(bytes).done === true;
  }
}
