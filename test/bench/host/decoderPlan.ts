import * as z from "zod/mini";

/** What a window measures. */
export const decoderPlanSchema = z.object({
  /** Limn's image process, sharp's native build in the extension host itself, or nothing. */
  decoder: z.enum(["limn", "sharp", "none"]),
  /** Path of Limn's image process. */
  processPath: z.string(),
  /** Path of a picture. */
  picture: z.string(),
});

export type DecoderPlan = z.infer<typeof decoderPlanSchema>;

/** Memory above that before the first picture, in MB. */
export const decoderResultSchema = z.object({
  /** Of the extension host, after the first thumbnail. */
  host: z.number(),
  /** The same, and of the image process. */
  all: z.number(),
  /** Of both, when the decoder has ended, if it does. */
  left: z.number(),
  /** The error, if the measurement failed. */
  fault: z.optional(z.string()),
});

export type DecoderResult = z.infer<typeof decoderResultSchema>;
