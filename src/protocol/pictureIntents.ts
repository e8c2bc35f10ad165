import * as z from "zod/mini";
import { pictureRefFields, pictureRefSchema } from "./pictureRef.ts";

const shareSchema = z.number().check(z.minimum(0), z.maximum(1));

/** A point in a picture, as shares of its width and height. */
export const focusSchema = z.strictObject({ x: shareSchema, y: shareSchema });

/** The intents on one picture that both the panel and the light table send. */
export const pictureIntentSchemas = [
  z.strictObject({ type: z.literal("keep"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("replace"), ...pictureRefFields }),
  /**
   * Compares with `with`, else with the image that the picture was edited from, else with
   * `otherwise`.
   */
  z.strictObject({
    type: z.literal("compare"),
    ...pictureRefFields,
    with: z.optional(pictureRefSchema),
    otherwise: z.optional(pictureRefSchema),
  }),
  /** Opens one of the files that the picture was kept as. */
  z.strictObject({ type: z.literal("openKept"), ...pictureRefFields, index: z.int().check(z.minimum(0)) }),
  z.strictObject({ type: z.literal("insertLink"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("useAsReference"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("star"), ...pictureRefFields, starred: z.boolean() }),
  /** Sets what is in the middle of its crops; without `focus`, Limn decides. */
  z.strictObject({ type: z.literal("moveCrop"), ...pictureRefFields, focus: z.optional(focusSchema) }),
  /** Writes the files of its target again, from the file that it was kept as. */
  z.strictObject({ type: z.literal("exportAgain"), ...pictureRefFields }),
  /**
   * Asks for the bytes of the picture, to copy it. `failure`: the browser has not let the page
   * write to the clipboard, or the picture could not be read or encoded.
   */
  z.strictObject({
    type: z.literal("copyImage"),
    ...pictureRefFields,
    failure: z.optional(z.enum(["refused", "failed"])),
  }),
  z.strictObject({ type: z.literal("discard"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("restore"), ...pictureRefFields }),
] as const;
