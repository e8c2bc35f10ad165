import { createHash } from "node:crypto";
import type { DraftRequest } from "../core/draftImages/draftImage.ts";
import { readDraftXmp, writeDraftXmp } from "../core/draftImages/draftXmp.ts";
import { xmpLimit } from "../core/draftImages/mayBeDraft.ts";
import type { OutputFormat } from "../core/models/model.ts";
import type { PictureHeader } from "../core/ports.ts";
import type { ImageContent } from "./metadata/imageContent.ts";
import { jpegContent, jpegWithXmp } from "./metadata/jpegXmp.ts";
import { pngContent, pngWithXmp } from "./metadata/pngXmp.ts";
import { webpContent, webpWithXmp } from "./metadata/webpXmp.ts";
import { probe } from "./probe.ts";

/** A draft image: a placeholder for a picture that can be made later, at the same path. */
export interface DraftImage extends DraftRequest {
  readonly format: OutputFormat;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const readers: Readonly<Record<OutputFormat, (bytes: Uint8Array) => ImageContent>> = {
  PNG: pngContent,
  JPG: jpegContent,
  WEBP: webpContent,
};

const writers: Readonly<
  Record<OutputFormat, (bytes: Uint8Array, xmp: Uint8Array, header: PictureHeader) => Uint8Array<ArrayBuffer>>
> = {
  PNG: pngWithXmp,
  JPG: jpegWithXmp,
  WEBP: (bytes, xmp, { hasAlpha = false, ...pixels }) => webpWithXmp(bytes, xmp, { ...pixels, hasAlpha }),
};

function hashOf(pixels: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of pixels) hash.update(part);
  return hash.digest("hex");
}

/**
 * Marks a picture without metadata as a draft image: a copy of it whose XMP has the request. The
 * metadata are in the file, so that a draft stays one when it is moved, cloned or sent. Throws if
 * `readDraft` would not read it, since its request is not one of a draft.
 */
export function markAsDraft(bytes: Uint8Array, request: DraftRequest): Uint8Array<ArrayBuffer> {
  const header = probe(bytes);
  if (header === undefined) throw new Error("Only a PNG, JPEG or WebP can be a draft.");
  const pixels = hashOf(readers[header.format](bytes).pixels);
  const xmp = new TextEncoder().encode(writeDraftXmp({ ...request, version: "1", pixels }));
  // The length of a longer one would not fit into its field in a JPEG.
  const draft = xmp.length > xmpLimit ? undefined : writers[header.format](bytes, xmp, header);
  if (draft === undefined || readDraft(draft) === undefined) {
    throw new Error("A draft cannot keep this prompt, model, references or target.");
  }
  return draft;
}

/**
 * Reads a draft image; `undefined` for any other file, and for a draft whose pixels were changed
 * since: then the user has made a picture of it. Nothing is decoded. Never throws.
 */
export function readDraft(bytes: Uint8Array): DraftImage | undefined {
  const header = probe(bytes);
  if (header === undefined) return undefined;
  const { xmp, pixels } = readers[header.format](bytes);
  if (xmp === undefined || xmp.length > xmpLimit) return undefined;
  const metadata = readDraftXmp(new TextDecoder().decode(xmp));
  if (metadata === undefined || metadata.prompt === "" || metadata.pixels !== hashOf(pixels)) return undefined;
  const { version: _, pixels: __, ...request } = metadata;
  const { format, width, height } = header;
  return { ...request, format, width, height };
}
