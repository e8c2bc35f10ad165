/** File extensions, without the dot, of the image formats that Limn stores but cannot show. */
export const extensionByOtherFormat = {
  GIF: "gif",
  AVIF: "avif",
  HEIC: "heic",
  TIFF: "tif",
  BMP: "bmp",
  "JPEG XL": "jxl",
} as const;

/** An image format that Limn stores but cannot show. */
export type OtherFormat = keyof typeof extensionByOtherFormat;

/** Bytes at the start of a file that contain every signature. */
export const signatureLength = 12;

/**
 * First bytes of each format; a dot is any byte. Sources: the formats' specifications; brands of
 * ISO 14496-12 files from MP4RA.
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
 * Detects an image format that Limn stores but cannot show, from the file's first bytes. Decodes
 * nothing.
 */
export function otherFormatOf(head: Uint8Array): OtherFormat | undefined {
  const start = String.fromCharCode(...head.subarray(0, signatureLength));
  return signatures.find(([, signature]) => signature.test(start))?.[0];
}
