import type { OutputFormat } from "../core/models/model.ts";

/** A rectangle of the finished picture, in whole pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * One sheet of a drawing, painted over those before it: shapes of our own, or a foreign picture
 * that covers a box (cropped to fill it, corners rounded by `radius` pixels).
 */
export type Layer =
  | { readonly kind: "svg"; readonly svg: string; readonly blend?: "over" | "multiply" | "screen" | "soft-light" }
  | { readonly kind: "picture"; readonly bytes: Uint8Array; readonly box: Box; readonly radius: number };

/**
 * Makes a foreign picture fit to be sent: upright, without metadata, at most `maxSide` pixels long
 * and `maxBytes` bytes.
 */
export interface Shrink {
  readonly kind: "shrink";
  readonly bytes: Uint8Array;
  readonly maxSide: number;
  readonly maxBytes: number;
}

/**
 * Makes a thumbnail that fits into a square of `side` pixels; WebP, so that it stays small with and
 * without transparency.
 */
export interface Preview {
  readonly kind: "preview";
  readonly bytes: Uint8Array;
  readonly side: number;
}

/**
 * Paints layers onto a sheet of exactly `width` × `height` pixels and encodes it; `quality` counts
 * for JPG and WEBP only.
 */
export interface Draw {
  readonly kind: "draw";
  readonly width: number;
  readonly height: number;
  readonly layers: readonly Layer[];
  readonly format: OutputFormat;
  readonly quality: number;
}

/** What the worker can be asked for. */
export type Operation = Shrink | Preview | Draw;

/** Encoded bytes and what they hold; pixels. */
export interface Encoded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: OutputFormat;
  readonly width: number;
  readonly height: number;
}

/** What goes to the worker. */
export interface WorkerRequest {
  readonly id: number;
  readonly operation: Operation;
}

/**
 * Most pixels of an image that is opened: what a camera makes, and what fits into the worker's
 * memory.
 */
export const pixelLimit = 120_000_000;

/**
 * Why an operation failed: another file format, too many pixels, too little memory, a damaged file,
 * or an image that cannot be made small enough.
 */
export type ImagingFailure = "format" | "pixels" | "memory" | "damaged" | "size";

/** What the worker sends back: a result, or a failure with the library's own words for the log. */
export type WorkerResponse =
  | { readonly id: number; readonly encoded: Encoded }
  | { readonly id: number; readonly failure: ImagingFailure; readonly detail: string };
