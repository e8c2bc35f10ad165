import { draftNamespace } from "./draftNamespace.ts";

/** Maximum length of XMP in bytes: more do not fit into a segment of a JPEG. */
export const xmpLimit = 65_000;

/** Reads at most `length` bytes of a file from an offset on; fewer at its end. */
type ReadRange = (offset: number, length: number) => Promise<Uint8Array>;

/** Bytes of a file that show its format, and the start of the XMP of a PNG or JPEG draft. */
const headLength = 1000;

// Source: WebP container specification (RFC 9649), 2.3 to 2.7.
/** Place and value of the flag for XMP in a WebP; bytes of the headers of file and chunks. */
const [webpFlagsAt, webpXmpFlag, fileHeader, chunkHeader] = [20, 0x04, 12, 8];

/** Maximum number of chunks before the XMP of a WebP; in a draft they are a handful. */
const maxWebpChunks = 20;

const decode = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

/** The XMP of a WebP, which is at its end; empty if it has none, or more than a draft. */
async function webpXmp(readRange: ReadRange): Promise<string> {
  let offset = fileHeader;
  for (let left = maxWebpChunks; left > 0; left -= 1) {
    const header = await readRange(offset, chunkHeader);
    if (header.length < chunkHeader) break;
    const length = new DataView(header.buffer, header.byteOffset).getUint32(4, true);
    const start = offset + chunkHeader;
    if (decode(header).startsWith("XMP ")) return length > xmpLimit ? "" : decode(await readRange(start, length));
    // Chunks have an even length.
    offset = start + length + (length % 2);
  }
  return "";
}

/**
 * Whether a file may be a draft image, so that others need not be read: it has XMP, and that names
 * Limn. Reads a kilobyte, and of a WebP with XMP the headers of some chunks and the XMP.
 */
export async function mayBeDraft(readRange: ReadRange): Promise<boolean> {
  const head = await readRange(0, headLength);
  const text = decode(head);
  if (!text.startsWith("WEBPVP8X", 8)) return text.includes(draftNamespace);
  return ((head[webpFlagsAt] ?? 0) & webpXmpFlag) !== 0 && (await webpXmp(readRange)).includes(draftNamespace);
}
