import { modelOf } from "../models/findModel.ts";
import type { Family, Model } from "../models/model.ts";
import { cleanPrompt } from "../text/promptText.ts";
import { type CommandArgument, shapeOfArgument } from "./argumentSchema.ts";
import type { Request } from "./request.ts";

/** The parts of a request that an argument does not decide alone: settings decide the others. */
export type RequestOptions = Omit<Request, "model" | "prompt" | "references" | "shape" | "count">;

/** The model that an argument names, or the default one; throws a `LimnError` for an unknown id. */
export const modelOfArgument = ({ model }: CommandArgument, family: Family, defaultModel: () => Model): Model =>
  model === undefined ? defaultModel() : modelOf(family, model);

/** The request of a command's argument. */
export const requestOfArgument = (
  argument: CommandArgument,
  model: Model,
  references: Request["references"],
  options: RequestOptions,
): Request => ({
  ...options,
  model: model.id,
  prompt: cleanPrompt(argument.prompt),
  references,
  shape: shapeOfArgument(argument),
  count: argument.count ?? 1,
});
