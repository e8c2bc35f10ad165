import { deflateSync } from "node:zlib";
import { pngChunk, pngHead } from "../support/png.ts";

/** A PNG of one shade of grey, 0 to 255. */
export function greyPng(width: number, height: number, shade: number): Buffer {
  const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.from([0, ...Array(width).fill(shade)])));
  return Buffer.concat([
    pngHead(width, height),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}
