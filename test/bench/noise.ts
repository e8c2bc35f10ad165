import sharp from "sharp";
import { noiseSize } from "./tasks.ts";

const [marker, comment, end] = [0xff, 0xfe, 0xd9];

/** Maximum size of a JPEG comment in bytes: the marker, and the maximum of a length of 16 bits. */
const commentLimit = 65_537;

/** Returns comments of exactly this many bytes in total, which must be 0 or at least 4. */
function comments(bytes: number): Buffer[] {
  if (bytes === 0) return [];
  const rest = Math.max(0, bytes - commentLimit);
  // Leaves at least the four bytes that the next comment needs.
  const segment = Buffer.alloc(rest > 0 && rest < 4 ? commentLimit - 4 : bytes - rest, "x");
  segment.set([marker, comment]);
  segment.writeUInt16BE(segment.length - 2, 2);
  return [segment, ...comments(bytes - segment.length)];
}

/** Returns a noise JPEG of exactly this many bytes, padded with comments before its end marker. */
export async function noiseJpeg(bytes: number): Promise<Buffer> {
  const noise = sharp({
    create: { ...noiseSize, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma: 50 } },
  });
  for (let quality = 100; quality > 0; quality -= 2) {
    const jpeg = await noise.clone().jpeg({ quality }).toBuffer();
    if (jpeg.length <= bytes - 4) {
      return Buffer.concat([jpeg.subarray(0, -2), ...comments(bytes - jpeg.length), Buffer.from([marker, end])]);
    }
  }
  throw new Error(`No JPEG of this size is as small as ${bytes} bytes.`);
}
