import * as z from "zod/mini";
import { pathSchema, textSchema } from "./fieldSchemas.ts";

const shapeSchema = z.union([
  z.strictObject({ width: z.int(), height: z.int() }),
  z.strictObject({ resolution: z.enum(["1k", "2k"]) }),
  /** No size at all: Runware decides from the references. */
  z.literal("like-reference"),
]);

/** The draft as the page keeps it. Every field may be missing. */
export const draftFieldsSchema = z.strictObject({
  prompt: z.optional(textSchema),
  shape: z.optional(shapeSchema),
  count: z.optional(z.int()),
  format: z.optional(z.enum(["JPG", "PNG", "WEBP"])),
  quality: z.optional(z.int()),
  /** Where to save, as in the flow: `images/{slug}.jpg`. */
  path: z.optional(pathSchema),
  safety: z.optional(z.enum(["off", "fast"])),
  ttl: z.optional(z.int()),
  outputType: z.optional(z.enum(["URL", "base64Data", "dataURI"])),
  deliveryMethod: z.optional(z.enum(["sync", "async"])),
});

/** The fields of the panel's form. */
export type DraftFields = z.infer<typeof draftFieldsSchema>;
