import { deflateSync } from "node:zlib";
import { pngChunk, pngHead } from "./pngChunks.ts";

/** Returns a PNG of one shade of grey, 0 to 255; `chunks` come before its pixels. */
export function greyPng(width: number, height: number, shade: number, ...chunks: readonly Buffer[]): Buffer {
  const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.from([0, ...Array(width).fill(shade)])));
  return Buffer.concat([
    pngHead(width, height),
    ...chunks,
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The same with an alpha channel that is opaque everywhere. */
export function opaqueAlphaPng(width: number, height: number, shade: number): Buffer {
  const row = Buffer.from([0, ...Array(width).fill([shade, 255]).flat()]);
  return Buffer.concat([
    pngHead(width, height, 4),
    pngChunk("IDAT", deflateSync(Buffer.concat(Array(height).fill(row)))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * Returns a grey PNG with this EXIF orientation; width and height are those before rotation.
 * Source: TIFF 6.0, 2.
 */
export function pngWithOrientation(width: number, height: number, orientation: number): Buffer {
  const [header, entries, tag, short, count] = ["4d4d002a00000008", "0001", "0112", "0003", "00000001"];
  const exif = `${header}${entries}${tag}${short}${count}000${orientation}0000${"00000000"}`;
  return greyPng(width, height, 99, pngChunk("eXIf", Buffer.from(exif, "hex")));
}
