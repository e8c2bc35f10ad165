import { concatBytes } from "../../core/bytes.ts";
import { maxChunks } from "../maxChunks.ts";
import { afterPrefix, ascii, type ImageContent } from "./imageContent.ts";

/** Start of the `APP1` segment. Source: XMP specification, part 3, 1.1.3. */
const xmpPrefix = ascii("http://ns.adobe.com/xap/1.0/\0");

/** Second bytes of markers. Source: ITU-T T.81, table B.1. */
const [app0, app1, startOfScan] = [0xe0, 0xe1, 0xda];

/** Bytes of the start marker, and of a segment's marker and length. */
const [startLength, headerLength] = [2, 4];

/** A segment of a JPEG: its marker, and where it begins and ends. */
interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/** The first segments, up to the pixels. */
function* segments(bytes: Uint8Array): Generator<Segment> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = startLength;
  for (let left = maxChunks; left > 0 && start + headerLength <= bytes.length && bytes[start] === 0xff; left -= 1) {
    const marker = view.getUint8(start + 1);
    const end = start + 2 + view.getUint16(start + 2);
    yield { marker, start, end };
    if (marker === startOfScan) return;
    start = end;
  }
}

/** XMP and pixels of a JPEG. What comes after the first scan counts as pixels. */
export function jpegContent(bytes: Uint8Array): ImageContent {
  let xmp: Uint8Array | undefined;
  for (const { marker, start, end } of segments(bytes)) {
    if (marker === app1) xmp ??= afterPrefix(bytes.subarray(start + headerLength, end), xmpPrefix);
    if (marker === startOfScan) return { pixels: [bytes.subarray(start)], ...(xmp === undefined ? {} : { xmp }) };
  }
  return { pixels: [] };
}

/** A copy of a JPEG with XMP of at most 65,000 bytes. */
export function jpegWithXmp(bytes: Uint8Array, xmp: Uint8Array): Uint8Array<ArrayBuffer> {
  const [first] = segments(bytes);
  // The JFIF segment must be the first one. Source: JFIF 1.02.
  const end = first?.marker === app0 ? first.end : startLength;
  const length = 2 + xmpPrefix.length + xmp.length;
  const header = new Uint8Array([0xff, app1, length >> 8, length & 0xff]);
  return concatBytes([bytes.subarray(0, end), header, xmpPrefix, xmp, bytes.subarray(end)]);
}
