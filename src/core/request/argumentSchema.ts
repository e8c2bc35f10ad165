import * as l10n from "@vscode/l10n";
import * as z from "zod/mini";
import { LimnError } from "../errors.ts";
import { deliveryMethods, outputTypes, safetyModes, tiers } from "../models/model.ts";
import { parseSize } from "../models/size.ts";
import { joinSentences } from "../text/sentences.ts";
import type { Shape } from "./request.ts";
import { toRequestField } from "./requestFields.ts";
import { describeSchemaIssue } from "./schemaIssue.ts";

/**
 * The argument of `limn.generate` and `limn.edit`, by which keybindings, tasks and other extensions
 * run them without the flow.
 */
const commandArgumentSchema = z.strictObject({
  prompt: z.string(),
  /** Id of a model; the one of the settings if absent. */
  model: z.optional(z.string()),
  /** Pixels, such as `2720x1536`. */
  size: z.optional(z.string()),
  /** Tier of a picture with the aspect ratio of the first reference. */
  resolution: z.optional(z.enum(tiers)),
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
  safety: z.optional(z.strictObject({ checkContent: z.optional(z.boolean()), mode: z.optional(z.enum(safetyModes)) })),
  ttl: z.optional(z.number()),
  outputType: z.optional(z.enum(outputTypes)),
  deliveryMethod: z.optional(z.enum(deliveryMethods)),
  webhookURL: z.optional(z.string()),
  uploadEndpoint: z.optional(z.string()),
});

/** The checked argument of a command. */
export type CommandArgument = z.infer<typeof commandArgumentSchema>;

/** Reads a command's argument; throws a `LimnError` of kind `input` that names the wrong field. */
export function parseCommandArgument(value: unknown): CommandArgument {
  const parsed = commandArgumentSchema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const path = (parsed.error.issues[0]?.path ?? []).map(String);
  const field = toRequestField(path.join(".")) ?? toRequestField(path[0]);
  const message = joinSentences(
    l10n.t("The command's argument cannot be used."),
    describeSchemaIssue(parsed.error, value) ?? l10n.t("It must be an object with a prompt."),
  );
  throw new LimnError("input", message, field === undefined ? {} : { field });
}

/** The shape an argument asks for: its size, its resolution, or like the reference if neither. */
export function shapeOfArgument({ size, resolution }: Pick<CommandArgument, "size" | "resolution">): Shape {
  if (size !== undefined && resolution !== undefined) {
    throw new LimnError("input", l10n.t("A resolution cannot be combined with a size. Give one of them."), {
      field: "resolution",
    });
  }
  const pixels = size === undefined ? undefined : parseSize(size);
  if (size !== undefined && pixels === undefined) {
    throw new LimnError("input", l10n.t("“{0}” is not a size. Write it as width x height, such as 2720x1536.", size), {
      field: "size",
    });
  }
  return pixels ?? (resolution === undefined ? "like-reference" : { resolution });
}
