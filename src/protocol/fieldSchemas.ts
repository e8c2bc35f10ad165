import * as z from "zod/mini";
import { maxTextLength } from "../core/text/textLimit.ts";

/** An id that Limn or the page made. */
export const idSchema = z.string().check(z.maxLength(80), z.regex(/^[\w-]+$/));

/** A text that the user typed. */
export const textSchema = z.string().check(z.maxLength(maxTextLength));

/**
 * The beginning of a text that the user typed or pasted. A message with a longer one must not be
 * dropped: the page waits for the answer to a search, and the next page for the draft. No model
 * takes a prompt as long as that, so one that was cut cannot be bought.
 */
export const cutTextSchema = z.pipe(
  z.string(),
  z.transform((text: string) => text.slice(0, maxTextLength)),
);

/** A path that the user typed. */
export const pathSchema = z.string().check(z.maxLength(1000));
