import type { Pixels } from "../core/models/size.ts";
import type { Focus } from "../core/targets/crop.ts";
import type { CropView } from "./lightTable.ts";

/** From the host to the page that moves the crop of an image file, on `ready`. */
export interface CropPageMessage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the user knows it by: its path. */
  readonly label: string;
  /** Pixels of the image. */
  readonly source: Pixels;
  /** With `attention` in each shape. */
  readonly view: CropView;
}

/** What that page reports to the host. Without a `focus`, Limn decides where the crop is. */
export type CropPageIntent =
  | { readonly type: "ready" | "use" | "cancel" }
  | { readonly type: "moveCrop"; readonly focus?: Focus };
