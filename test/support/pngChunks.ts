import { crc32 } from "node:zlib";

/** Returns one chunk of a PNG. Source: PNG specification, third edition, 5.3. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/**
 * Returns signature and header of a PNG with 8 bits per sample; width and height in pixels. Colour
 * type 0 is grey, 4 grey with alpha. Source: PNG specification, third edition, 5.2 and 11.2.
 */
export function pngHead(width: number, height: number, colourType: 0 | 4 = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = colourType;
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), pngChunk("IHDR", header)]);
}
