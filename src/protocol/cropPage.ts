import * as z from "zod/mini";
import type { Pixels } from "../core/models/size.ts";
import type { CropView } from "./lightTable.ts";
import { focusSchema } from "./pictureIntents.ts";

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

const intentSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["ready", "use", "cancel"]) }),
  z.strictObject({ type: z.literal("moveCrop"), focus: z.optional(focusSchema) }),
]);

/** What that page reports to the host. Without a `focus`, Limn decides where the crop is. */
export type CropPageIntent = z.infer<typeof intentSchema>;

/** Reads a message of that page; returns `undefined` if it is not valid. */
export const parseCropPageIntent = (value: unknown): CropPageIntent | undefined => intentSchema.safeParse(value).data;
