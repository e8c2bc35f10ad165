import { draftNamespace } from "./draftNamespace.ts";

/** Bytes of a file that `mayBeDraft` needs. */
export const draftHeadLength = 1000;

/** Bytes of the largest draft image that is read: no drawing of a model's size has as many. */
export const draftFileLimit = 20_000_000;

/** Place and value of the flag for XMP in the header of a WebP. Source: RFC 9649, 2.7. */
const [webpFlagsAt, webpXmpFlag] = [20, 0x04];

/**
 * Whether a file with these first bytes may be a draft image, so that others need not be read. The
 * XMP of a PNG or JPEG begins within them; that of a WebP is at its end.
 */
export function mayBeDraft(head: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(head);
  return text.startsWith("WEBPVP8X", 8)
    ? ((head[webpFlagsAt] ?? 0) & webpXmpFlag) !== 0
    : text.includes(draftNamespace);
}
