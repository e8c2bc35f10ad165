import * as z from "zod/mini";
import { maxTextLength } from "../core/text/textLimit.ts";

/** An id that Limn or the page made. */
export const idSchema = z.string().check(z.maxLength(80), z.regex(/^[\w-]+$/));

/** A text that the user typed. */
export const textSchema = z.string().check(z.maxLength(maxTextLength));

/** A path that the user typed. */
export const pathSchema = z.string().check(z.maxLength(1000));
