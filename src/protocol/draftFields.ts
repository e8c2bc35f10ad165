import * as z from "zod/mini";
import { outputFormats, tiers } from "../core/models/model.ts";
import { safetyChoices } from "../core/request/safety.ts";
import { cutTextSchema, pathSchema, textSchema } from "./fieldSchemas.ts";

const shapeSchema = z.union([
  z.strictObject({ width: z.int(), height: z.int() }),
  z.strictObject({ resolution: z.enum(tiers) }),
  /** No size at all: Runware decides from the references. */
  z.literal("like-reference"),
]);

/** The draft as the page keeps it. Every field may be missing. */
export const draftFieldsSchema = z.strictObject({
  prompt: z.optional(cutTextSchema),
  /** Id of a model; that of the settings if absent. */
  model: z.optional(textSchema),
  shape: z.optional(shapeSchema),
  /** Id of the target that the pictures are for. */
  exportTarget: z.optional(textSchema),
  /** Whether the target's hint is sent after the prompt; it is, if absent. */
  hint: z.optional(z.boolean()),
  count: z.optional(z.int()),
  format: z.optional(z.enum(outputFormats)),
  quality: z.optional(z.int()),
  /** Where to save, as in the flow: `images/{slug}.jpg`. */
  path: z.optional(pathSchema),
  safety: z.optional(z.enum(safetyChoices)),
});

/** The fields of the panel's form. */
export type DraftFields = z.infer<typeof draftFieldsSchema>;

/** Reads fields that were stored; `undefined` if they are not valid. */
export const parseDraftFields = (value: unknown): DraftFields | undefined => draftFieldsSchema.safeParse(value).data;
