import * as z from "zod/mini";

/** An image that a document links to, and that does not exist. */
export const missingImageSchema = z.strictObject({
  /** URI of the file. */
  file: z.string(),
  prompt: z.string(),
  /** Pixels, as far as the link names them. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
});

/** The argument of `limn.generateMissingImage`. */
export type MissingImage = z.infer<typeof missingImageSchema>;
