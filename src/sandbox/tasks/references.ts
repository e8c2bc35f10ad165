import type { Model } from "../../core/models/model.ts";
import type { Imaging } from "../../imaging/imaging.ts";
import { probe } from "../../imaging/probe.ts";
import { drawingLayers } from "../drawing/drawingLayers.ts";
import { isLoopback, readBounded } from "../loopback.ts";
import { seedOf, uuidOf } from "../store/derive.ts";
import type { SandboxContext } from "./context.ts";
import { encodedPicture } from "./pictures.ts";
import { documentationUrl, Refusal } from "./refusal.ts";
import { findServedPicture } from "./servedPicture.ts";

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const dataUriPattern = /^data:image\/(?:png|jpe?g|webp);base64,/i;
const base64Pattern = /^[A-Za-z0-9+/_-]+={0,2}$/;
/**
 * References in the vendor's recorded exchanges. A drawing replaces them, so that those run
 * offline.
 */
const samplePattern = /^https:\/\/assets\.runware\.ai\/assets\/inputs\/[\w-]+\.jpg$/;

/** Maximum number of bytes that are read of an image on loopback. */
const maxFetchedBytes = 20_000_000;

const refusal = (code: string, message: string, parameter: string): Refusal =>
  new Refusal({ code, message, parameter, documentation: documentationUrl(parameter) });

/** The bytes at an address: one of the sandbox's own, which needs no network, or on loopback. */
async function readAddress(address: string, context: SandboxContext): Promise<Uint8Array | undefined> {
  const url = URL.parse(address);
  return url?.origin === context.origin()
    ? (await findServedPicture(url.pathname, context))?.bytes
    : fetchLoopback(address, context.closing);
}

async function fetchLoopback(address: string, closing: AbortSignal): Promise<Uint8Array | undefined> {
  if (!isLoopback(address)) return undefined;
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(10_000)]);
    // A redirect could lead to another machine.
    const response = await fetch(address, { redirect: "error", signal });
    if (!response.ok || response.body === null) return undefined;
    return await readBounded(response.body, maxFetchedBytes);
  } catch {
    return undefined;
  }
}

async function drawSample(address: string, { imaging, textRenderer }: SandboxContext): Promise<Uint8Array> {
  const shape = { width: 1248, height: 832, format: "JPG" } as const;
  const layers = drawingLayers(
    { ...shape, words: "A picture from the documentation", seed: seedOf(address), references: [] },
    textRenderer,
  );
  return (await imaging.draw({ ...shape, layers, quality: 90 })).bytes;
}

/**
 * The bytes of a media value: the UUID of an upload or a result, a data URI, base64, an address of
 * the sandbox, or one on loopback.
 * @throws Refusal `failedToTransferImage` if the image cannot be read.
 */
export async function loadMedia(value: string, parameter: string, context: SandboxContext): Promise<Uint8Array> {
  const { store } = context;
  let bytes: Uint8Array | undefined;
  if (uuidPattern.test(value)) {
    const entry = store.findPicture(value);
    bytes = store.readUpload(value) ?? (entry && (await encodedPicture(entry.task, entry.result, context)));
  } else if (dataUriPattern.test(value)) bytes = Buffer.from(value.slice(value.indexOf(",") + 1), "base64");
  else if (samplePattern.test(value)) bytes = await drawSample(value, context);
  else if (/^https?:/i.test(value)) bytes = await readAddress(value, context);
  else if (base64Pattern.test(value)) bytes = Buffer.from(value, "base64");
  if (bytes !== undefined) return bytes;
  const shown = value.length > 80 ? `${value.slice(0, 60)}…` : value;
  throw refusal("failedToTransferImage", `The image '${shown}' could not be transferred.`, parameter);
}

/** Whether a media value contains the bytes themselves. */
export const isInlineMedia = (value: string): boolean => !uuidPattern.test(value) && !/^https?:/i.test(value);

/** An accepted reference: a small copy for drawing, and its value in the archive. */
export interface AcceptedReference {
  readonly thumbnail: Uint8Array;
  /** Width / height, upright. */
  readonly aspect: number;
  readonly archived: string;
}

/** A small upright copy, for drawing. Throws a Refusal if the picture cannot be opened. */
export async function shrinkMedia(bytes: Uint8Array, parameter: string, imaging: Imaging) {
  try {
    return await imaging.shrink({ bytes, maxSide: 1024, maxBytes: 400_000 });
  } catch {
    throw refusal(
      "invalidReferenceImages",
      "An image is not a PNG, JPEG or WebP picture, or it is damaged.",
      parameter,
    );
  }
}

/**
 * Reads one reference, and checks it against the model's limits.
 * @throws Refusal if it cannot be read, or exceeds a limit.
 */
export async function acceptReference(
  value: string,
  parameter: string,
  model: Model,
  context: SandboxContext,
): Promise<AcceptedReference> {
  const bytes = await loadMedia(value, parameter, context);
  const { maxBytes, minSide, maxAspect } = model.references;
  if (bytes.length > maxBytes) {
    throw refusal("invalidReferenceImages", `A reference image may have at most ${maxBytes / 1e6} MB.`, parameter);
  }
  const { bytes: thumbnail, width, height } = await shrinkMedia(bytes, parameter, context.imaging);
  const facts = probe(bytes);
  if (facts !== undefined && Math.min(facts.width, facts.height) < minSide) {
    throw refusal(
      "invalidReferenceImages",
      `The sides of a reference image must have at least ${minSide} pixels.`,
      parameter,
    );
  }
  const aspect = width / height;
  if (Math.max(aspect, 1 / aspect) > maxAspect) {
    const range = `between 1:${maxAspect} and ${maxAspect}:1`;
    throw refusal("invalidReferenceImages", `The aspect ratio of a reference image must be ${range}.`, parameter);
  }
  return { thumbnail, aspect, archived: isInlineMedia(value) ? uuidOf(value) : value };
}
