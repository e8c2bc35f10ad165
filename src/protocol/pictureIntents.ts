import * as z from "zod/mini";
import { pictureRefFields, pictureRefSchema } from "./pictureRef.ts";

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
  z.strictObject({ type: z.literal("discard"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("restore"), ...pictureRefFields }),
] as const;
