/**
 * File extension without the dot of the image formats that Limn stores and cannot show, by name.
 */
export const extensionByOtherFormat = {
  GIF: "gif",
  AVIF: "avif",
  HEIC: "heic",
  TIFF: "tif",
  BMP: "bmp",
  "JPEG XL": "jxl",
} as const;

/** An image format that Limn stores and cannot show. */
export type OtherFormat = keyof typeof extensionByOtherFormat;

/** Bytes of a file's start in which all signatures lie. */
export const signatureLength = 12;

/**
 * How files of a format start. A dot stands for any byte. Sources: the formats' specifications;
 * brands of ISO 14496-12 files from MP4RA.
 */
const signatures: readonly (readonly [format: OtherFormat, start: RegExp])[] = [
  ["GIF", /^GIF8[79]a/],
  ["AVIF", /^....ftyp(avif|avis)/s],
  ["HEIC", /^....ftyp(hei[cmsx]|hev[cx]|mif1|msf1)/s],
  ["TIFF", /^(II\*\0|MM\0\*)/],
  ["BMP", /^BM....\0\0\0\0/s],
  ["JPEG XL", /^(\xff\n|\0\0\0\fJXL \r\n\x87\n)/],
];

/**
 * The image format that Limn stores and cannot show, told by the file's first bytes; nothing is
 * decoded.
 */
export function otherFormatOf(head: Uint8Array): OtherFormat | undefined {
  const start = String.fromCharCode(...head.subarray(0, signatureLength));
  return signatures.find(([, signature]) => signature.test(start))?.[0];
}
