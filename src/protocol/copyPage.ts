import * as z from "zod/mini";

/** From the host to the page that copies an image file, on `ready`. */
export interface CopyPageMessage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  /** What the user knows it by: its path. */
  readonly label: string;
}

const stateSchema = z.enum(["ready", "copied", "failed"]);

/** What the page that copies an image file reports to the host. */
export type CopyPageState = z.infer<typeof stateSchema>;

/** Reads a message of that page; returns `undefined` if it is not valid. */
export const parseCopyPageState = (value: unknown): CopyPageState | undefined => stateSchema.safeParse(value).data;
