import { crc32 } from "node:zlib";
import { concatBytes } from "../../core/bytes.ts";
import { pngChunks } from "../pngChunks.ts";
import { afterPrefix, ascii, type ImageContent } from "./imageContent.ts";

/**
 * Start of the `iTXt` chunk: keyword, not compressed, no language, no translated keyword. Source:
 * XMP specification, part 3, 1.1.5; PNG specification, 11.3.3.4.
 */
const xmpPrefix = ascii("XML:com.adobe.xmp\0\0\0\0\0");

/** Bytes of the signature and the header chunk, which comes first. */
const headerEnd = 33;

/** XMP and pixels of a PNG. XMP that is compressed is not read. */
export function pngContent(bytes: Uint8Array): ImageContent {
  const pixels: Uint8Array[] = [];
  let xmp: Uint8Array | undefined;
  for (const { type, data } of pngChunks(bytes)) {
    if (type === "IDAT") pixels.push(data);
    if (type === "iTXt") xmp ??= afterPrefix(data, xmpPrefix);
  }
  return { pixels, ...(xmp === undefined ? {} : { xmp }) };
}

/** A copy of a PNG with XMP. */
export function pngWithXmp(bytes: Uint8Array, xmp: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = concatBytes([ascii("iTXt"), xmpPrefix, xmp]);
  const [length, sum] = [new Uint8Array(4), new Uint8Array(4)];
  new DataView(length.buffer).setUint32(0, xmpPrefix.length + xmp.length);
  new DataView(sum.buffer).setUint32(0, crc32(body));
  return concatBytes([bytes.subarray(0, headerEnd), length, body, sum, bytes.subarray(headerEnd)]);
}
