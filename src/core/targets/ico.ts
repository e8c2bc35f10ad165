/** A picture of an ICO file. */
export interface IcoEntry {
  /** Side of the square in pixels, 1 to 256. */
  readonly side: number;
  /** The picture as a PNG file. */
  readonly png: Uint8Array;
}

/** Bytes of the header and of each entry of the directory. */
const [headerLength, entryLength] = [6, 16];

/**
 * An ICO file whose pictures are PNG files, which Windows reads since Vista and all browsers do.
 * Source: Microsoft, “Icons” (ICONDIR and ICONDIRENTRY); a side of 256 is stored as 0.
 */
export function encodeIco(entries: readonly IcoEntry[]): Uint8Array<ArrayBuffer> {
  const start = headerLength + entryLength * entries.length;
  const bytes = new Uint8Array(entries.reduce((sum, { png }) => sum + png.length, start));
  const view = new DataView(bytes.buffer);
  // The second word is the type: 1 is an icon.
  view.setUint16(2, 1, true);
  view.setUint16(4, entries.length, true);
  let offset = start;
  for (const [index, { side, png }] of entries.entries()) {
    const at = headerLength + entryLength * index;
    view.setUint8(at, side % 256);
    view.setUint8(at + 1, side % 256);
    // One colour plane, 32 bits for each pixel.
    view.setUint16(at + 4, 1, true);
    view.setUint16(at + 6, 32, true);
    view.setUint32(at + 8, png.length, true);
    view.setUint32(at + 12, offset, true);
    bytes.set(png, offset);
    offset += png.length;
  }
  return bytes;
}
