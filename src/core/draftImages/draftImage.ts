import * as z from "zod/mini";
import { cleanPrompt } from "../text/promptText.ts";
import { addsHint } from "./addsHint.ts";
import { keptReferencesLimit } from "./keptReferencesLimit.ts";

/**
 * Maximum length of a prompt in UTF-16 code units, above those of all models. In XML each takes at
 * most five bytes, so the metadata fit into one segment of a JPEG.
 */
const promptLimit = 10_000;

/**
 * What a draft image says of itself in its metadata: the request that makes its picture. Size and
 * format are those of the file.
 */
export const draftMetadataSchema = z.object({
  version: z.literal("1"),
  prompt: z.pipe(z.string().check(z.maxLength(promptLimit)), z.transform(cleanPrompt)),
  /** Id of the model. */
  model: z.string().check(z.regex(/^[\w.:@/-]{1,100}$/)),
  /**
   * The reference images in sending order: percent-encoded paths from the workspace folder,
   * addresses and UUIDs. Absent if there are none.
   */
  references: z.optional(
    z.pipe(
      z.string().check(z.maxLength(keptReferencesLimit)),
      z.transform((text): readonly string[] => text.split(" ").filter((reference) => reference !== "")),
    ),
  ),
  /** Id of the target that the picture is for; absent if it is for none. */
  target: z.optional(z.string().check(z.regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u))),
  /** Whether the sentence of the target is added to the prompt; absent if it is not. */
  hint: z.optional(z.literal(addsHint)),
  /** SHA-256 of the encoded pixels. A file whose pixels were changed since is no draft any more. */
  pixels: z.string().check(z.regex(/^[\da-f]{64}$/)),
});

/** The metadata of a draft image. */
export type DraftMetadata = z.infer<typeof draftMetadataSchema>;

/** What a draft image keeps of its request. */
export type DraftRequest = Omit<DraftMetadata, "version" | "pixels">;
