import { l10n } from "vscode";
import * as z from "zod/mini";
import { LimnError } from "../../core/errors.ts";

/** An image that a document links to, and that does not exist. */
const missingImageSchema = z.strictObject({
  /** URI of the file. */
  file: z.string(),
  prompt: z.string(),
  /** Pixels, as far as the link names them. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
});

/** The argument of `limn.generateMissingImage` and `limn.makeDraft`. */
export type MissingImage = z.infer<typeof missingImageSchema>;

/** Checks the argument of a command; throws a `LimnError` if it is another one. */
export function parseMissingImage(argument: unknown): MissingImage {
  const missing = missingImageSchema.safeParse(argument).data;
  if (missing === undefined) {
    throw new LimnError(
      "input",
      l10n.t("This command needs a link to a missing image. Use the light bulb at the link."),
    );
  }
  return missing;
}
