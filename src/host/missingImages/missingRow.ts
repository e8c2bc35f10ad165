import { Uri } from "vscode";
import { defaultSize } from "../../core/models/defaultSize.ts";
import { type Model, type OutputFormat, outputFormats } from "../../core/models/model.ts";
import { type Pixels, parseSize } from "../../core/models/size.ts";
import type { JobRequest, Target } from "../../core/request/request.ts";
import { requestOptions } from "../request/requestDefaults.ts";
import type { Services } from "../services.ts";
import { targetAt } from "../workspace/saveLocation.ts";
import type { FoundImage } from "./findMissingImages.ts";
import { checkMissingTarget, sizeOfLink } from "./missingTarget.ts";

/** A missing image in the list: what is bought, and where it is saved. */
export interface MissingRow {
  readonly file: Uri;
  /** Path of the first document that links to it. */
  readonly linkedIn: string;
  readonly target: Target;
  readonly format: OutputFormat;
  readonly prompt: string;
  readonly size: Pixels;
}

/**
 * What the list proposes for a missing image. Throws a `LimnError` if no picture can be saved at
 * its path.
 */
export async function toRow({ lastChoices }: Services, model: Model, image: FoundImage): Promise<MissingRow> {
  const file = Uri.parse(image.file);
  const location = await checkMissingTarget(file);
  const last = parseSize(lastChoices.read().shape ?? "");
  return {
    file,
    linkedIn: image.linkedIn,
    target: targetAt(location, "all"),
    format: location.format ?? outputFormats[0],
    prompt: image.prompt,
    size: sizeOfLink(model, image) ?? defaultSize(model, undefined, last),
  };
}

/** The request that makes the image of a row. */
export const jobRequestOfRow = (model: Model, { target, format, prompt, size }: MissingRow): JobRequest => ({
  request: {
    ...requestOptions(Uri.parse(target.folder), { format }),
    model: model.id,
    prompt,
    references: [],
    shape: size,
    count: 1,
  },
  target,
});
