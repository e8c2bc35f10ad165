import * as z from "zod/mini";
import { LimnError } from "../errors.ts";
import { parseSize } from "../models/size.ts";
import { joinSentences } from "../text/sentences.ts";
import type { Shape } from "./request.ts";

/**
 * The argument of `limn.generate` and `limn.edit`, by which keybindings, tasks and other extensions
 * run them without the flow.
 */
const commandArgumentSchema = z.strictObject({
  prompt: z.string(),
  /** Pixels, such as `2720x1536`. */
  size: z.optional(z.string()),
  /** Shape of the first reference, in this tier. */
  resolution: z.optional(z.enum(["1k", "2k"])),
  /** URIs of image files, or paths relative to the workspace folder. */
  references: z.optional(z.array(z.string())),
  count: z.optional(z.number()),
  format: z.optional(z.enum(["jpg", "jpeg", "png", "webp", "JPG", "JPEG", "PNG", "WEBP"])),
  quality: z.optional(z.number()),
  /**
   * Where to save: a path relative to the workspace folder, or a URI; a name template, with or
   * without extension.
   */
  path: z.optional(z.string()),
  safety: z.optional(
    z.strictObject({ checkContent: z.optional(z.boolean()), mode: z.optional(z.enum(["none", "fast"])) }),
  ),
  ttl: z.optional(z.number()),
  outputType: z.optional(z.enum(["URL", "base64Data", "dataURI"])),
  deliveryMethod: z.optional(z.enum(["sync", "async"])),
  webhookURL: z.optional(z.string()),
  uploadEndpoint: z.optional(z.string()),
});

/** The checked argument of a command. */
export type CommandArgument = z.infer<typeof commandArgumentSchema>;

/** Reads a command's argument; throws a `LimnError` of kind `input` that names the wrong key. */
export function parseCommandArgument(value: unknown): CommandArgument {
  const parsed = commandArgumentSchema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : (issue?.path.join(".") ?? "");
  const reason =
    issue?.code === "unrecognized_keys" ? "is not a field Limn knows" : `is wrong: ${issue?.message ?? "unreadable"}`;
  const name = field === "" ? "it" : `“${field}”`;
  throw new LimnError("input", joinSentences(`The command's argument cannot be used: ${name} ${reason}`), { field });
}

/**
 * The shape an argument asks for: its size, its resolution, or like the reference where neither is
 * given.
 */
export function shapeOfArgument({ size, resolution }: CommandArgument): Shape {
  if (size !== undefined && resolution !== undefined) {
    throw new LimnError("input", "A resolution cannot be combined with a size. Give one of them.", {
      field: "resolution",
    });
  }
  const pixels = size === undefined ? undefined : parseSize(size);
  if (size !== undefined && pixels === undefined) {
    throw new LimnError("input", `“${size}” is not a size. Write it as width x height, such as 2720x1536.`, {
      field: "size",
    });
  }
  return pixels ?? (resolution === undefined ? "like-reference" : { resolution });
}
