import type { OutputFormat } from "../core/models/model.ts";
import type { Pixels } from "../core/models/size.ts";
import type { Crop } from "../core/targets/crop.ts";
import type { PlannedPicture } from "../core/targets/exportPlan.ts";

/** A rectangle of the finished picture, in whole pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * One layer of a drawing, over those before it: shapes, or a picture that covers a box (cropped to
 * fill it, corners rounded by `radius` pixels).
 */
export type Layer =
  | {
      readonly kind: "svg";
      readonly svg: string;
      readonly blend?: "over" | "multiply" | "screen" | "soft-light" | "dest-in";
    }
  | { readonly kind: "picture"; readonly bytes: Uint8Array; readonly box: Box; readonly radius: number };

/**
 * Prepares a picture for sending: upright, without metadata, at most `maxSide` pixels long and
 * `maxBytes` bytes.
 */
export interface Shrink {
  readonly kind: "shrink";
  readonly bytes: Uint8Array;
  readonly maxSide: number;
  readonly maxBytes: number;
}

/**
 * A picture: its bytes, or the path of its file. A file is read as it is decoded, so its bytes are
 * never in memory as a whole.
 */
export type PictureSource = { readonly bytes: Uint8Array } | { readonly file: string };

/**
 * Makes a WebP thumbnail that fits into a square of `side` pixels. WebP stays small with and
 * without transparency.
 */
export type Preview = PreviewOptions & { readonly kind: "preview" };

/** A picture and the side of its thumbnail. */
export type PreviewOptions = PictureSource & { readonly side: number };

/**
 * Draws layers onto a canvas of exactly `width` × `height` pixels and encodes it; `quality` counts
 * only for JPG and WEBP. The canvas is white, or transparent with `isTransparent`.
 */
export interface Draw {
  readonly kind: "draw";
  readonly width: number;
  readonly height: number;
  readonly layers: readonly Layer[];
  readonly format: OutputFormat;
  readonly quality: number;
  readonly isTransparent?: boolean;
}

/** Makes a file of a target of a picture; see `exportPicture.ts`. */
export type Export = ExportOptions & { readonly kind: "export" };

/** A picture and how a file is made of it. */
export type ExportOptions = PlannedPicture & {
  readonly bytes: Uint8Array;
  /** Whether metadata and colour profile stay. Otherwise the colours become sRGB. */
  readonly keepsMetadata?: boolean;
};

/** Finds the part of a picture that draws the eye; see `exportPicture.ts`. */
export type Attention = AttentionOptions & { readonly kind: "attention" };

/** A picture, its pixels, and those of the file. */
export type AttentionOptions = PictureSource & { readonly pixels: Pixels; readonly target: Pixels };

/** Finds out whether every pixel of a picture is opaque; see `opacity.ts`. */
export type Opacity = PictureSource & { readonly kind: "opacity" };

/** An operation of the image process. */
export type Operation = Shrink | Preview | Draw | Export | Attention | Opacity;

/** An exported file, in the format that was ordered. */
export interface Exported {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** Quality that was chosen, of 100; absent for PNG, which loses nothing. */
  readonly quality?: number;
}

/** Encoded bytes with their format and pixels. */
export interface Encoded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: OutputFormat;
  readonly width: number;
  readonly height: number;
}

/** Argument of an image process that takes the memory for faster code; see `compileCode.ts`. */
export const optimizeArgument = "--optimize-code";

/** A message to the image process. */
export interface ImagingRequest {
  readonly id: number;
  readonly operation: Operation;
}

/**
 * Maximum number of pixels of a picture that is opened: as many as cameras make, and as fit into
 * the memory of wasm.
 */
export const pixelLimit = 120_000_000;

/**
 * Why an operation failed: another file format, too many pixels, too little memory, a damaged file,
 * or an image that cannot be made small enough.
 */
export type ImagingFailure = "format" | "pixels" | "memory" | "damaged" | "size";

/** What the image process sends back: a result, or a failure with the library's own words. */
export type ImagingResponse =
  | { readonly id: number; readonly encoded: Encoded }
  | { readonly id: number; readonly exported: Exported }
  | { readonly id: number; readonly crop: Crop }
  | { readonly id: number; readonly isOpaque: boolean }
  | { readonly id: number; readonly failure: ImagingFailure; readonly detail: string };
