import type { OutputFormat } from "./model.ts";

/** PNG: its chunks lead to an IEND that is all there. Source: PNG specification, 5.3 and 11.2.5. */
function isWholePng(view: DataView): boolean {
  const end = 0x49454e44;
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === end) {
      return true;
    }
  }
  return false;
}

/** JPEG markers without a length after them, and the byte that is stuffed into coded data. Source: ITU-T T.81, B.1.1. */
const standalone: ReadonlySet<number> = new Set([0x00, 0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8]);

/** JPEG: its segments and coded data lead to an EOI. That of a thumbnail lies inside a segment, and is stepped over. */
function isWholeJpeg(view: DataView, bytes: Uint8Array): boolean {
  const [end, fill] = [0xd9, 0xff];
  let at = bytes.indexOf(0xff, 2);
  while (at >= 0 && at + 4 <= bytes.length) {
    const marker = view.getUint8(at + 1);
    if (marker === end) {
      return true;
    }
    const length = marker === fill ? 1 : standalone.has(marker) ? 2 : 2 + view.getUint16(at + 2);
    at = bytes.indexOf(0xff, at + length);
  }
  return at >= 0 && bytes[at + 1] === end;
}

/** WebP: the RIFF header tells the length of all that follows its first eight bytes. Source: WebP container specification. */
const isWholeWebp = (view: DataView): boolean =>
  view.byteLength >= 12 && view.getUint32(4, true) + 8 <= view.byteLength;

const checks: Readonly<Record<OutputFormat, (view: DataView, bytes: Uint8Array) => boolean>> = {
  PNG: isWholePng,
  JPG: isWholeJpeg,
  WEBP: isWholeWebp,
};

/** Whether a file of this format is there to its end: a cut one has a perfect header. What follows the end does no harm. */
export const isWhole = (bytes: Uint8Array, format: OutputFormat): boolean =>
  checks[format](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes);
