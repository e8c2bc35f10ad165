import type { OutputFormat } from "./model.ts";

/** Where a walk through a picture stands: in the bytes that came last. */
interface Place {
  bytes: Uint8Array;
  at: number;
}

/** A walk through a picture from its first byte to its last. It pauses for more bytes, and ends where the picture does. */
type Walk<Found = void> = Generator<undefined, Found, Uint8Array>;

function* more(place: Place): Walk {
  place.bytes = yield;
  place.at = 0;
}

function* skip(place: Place, length: number): Walk {
  let left = length;
  while (left > place.bytes.length - place.at) {
    left -= place.bytes.length - place.at;
    yield* more(place);
  }
  place.at += left;
}

function* byte(place: Place): Walk<number> {
  let value = place.bytes[place.at];
  while (value === undefined) {
    yield* more(place);
    value = place.bytes[place.at];
  }
  place.at++;
  return value;
}

/** A whole number of so many bytes, the first the highest. */
function* number(place: Place, length: number): Walk<number> {
  let value = 0;
  for (let read = 0; read < length; read++) {
    value = value * 256 + (yield* byte(place));
  }
  return value;
}

/** PNG: its chunks lead to an IEND that is all there. Source: PNG specification, 5.3 and 11.2.5. */
function* walkPng(place: Place): Walk {
  const end = 0x49454e44;
  yield* skip(place, 8);
  for (let type = 0; type !== end; ) {
    const length = yield* number(place, 4);
    type = yield* number(place, 4);
    yield* skip(place, length + 4);
  }
}

/** The next JPEG marker: a byte behind 0xFF that is neither one more of these nor the zero stuffed into coded data. */
function* nextMarker(place: Place): Walk<number> {
  const [prefix, stuffed] = [0xff, 0x00];
  for (;;) {
    // About one byte of coded data in 256 is stuffed, so most of the walk is here, where it need not be able to pause.
    do {
      place.at = place.bytes.indexOf(prefix, place.at) + 1;
    } while (place.at > 0 && place.bytes[place.at] === stuffed);
    if (place.at === 0) {
      yield* more(place);
    } else {
      let marker = yield* byte(place);
      while (marker === prefix) {
        marker = yield* byte(place);
      }
      if (marker !== stuffed) {
        return marker;
      }
    }
  }
}

/** JPEG markers without a length after them. Source: ITU-T T.81, B.1.1. */
const standalone: ReadonlySet<number> = new Set([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8]);

/** JPEG: its segments and coded data lead to an EOI. That of a thumbnail lies inside a segment, and is stepped over. */
function* walkJpeg(place: Place): Walk {
  const end = 0xd9;
  for (let marker = yield* nextMarker(place); marker !== end; marker = yield* nextMarker(place)) {
    if (!standalone.has(marker)) {
      yield* skip(place, Math.max(0, (yield* number(place, 2)) - 2));
    }
  }
}

/** WebP: the RIFF header tells the length of all that follows its first eight bytes. Source: WebP container specification. */
function* walkWebp(place: Place): Walk {
  yield* skip(place, 4);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, yield* number(place, 4));
  yield* skip(place, length.getUint32(0, true));
}

const walks: Readonly<Record<OutputFormat, (place: Place) => Walk>> = { PNG: walkPng, JPG: walkJpeg, WEBP: walkWebp };

/** Follows a picture's bytes as they come, to tell whether they have come to its end: a cut one has a perfect header. */
export class Wholeness {
  readonly #walk: Walk;
  #isWhole: boolean;

  constructor(format: OutputFormat) {
    this.#walk = walks[format]({ bytes: new Uint8Array(), at: 0 });
    this.#isWhole = this.#walk.next().done === true;
  }

  /** Whether the picture has come to its end. What follows the end does no harm. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** The next bytes of the file. */
  take(bytes: Uint8Array): void {
    this.#isWhole ||= this.#walk.next(bytes).done === true;
  }
}
