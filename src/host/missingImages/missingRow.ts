import { l10n, Uri } from "vscode";
import { defaultSize } from "../../core/models/defaultSize.ts";
import { type Model, outputFormats } from "../../core/models/model.ts";
import { nearestSize, type Pixels, parseSize } from "../../core/models/size.ts";
import { checkFileTarget } from "../imageRows/fileTarget.ts";
import type { ImageRow } from "../imageRows/imageRow.ts";
import type { ReasonNotToMake } from "../jobs/neededItems.ts";
import type { Services } from "../services.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { targetAt } from "../workspace/saveLocation.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { FoundImage } from "./findMissingImages.ts";
import type { MissingImage } from "./missingImage.ts";

/** The model's size for the pixels of the link; `undefined` if the link does not name both. */
export function sizeOfLink(model: Model, { width, height }: MissingImage): Pixels | undefined {
  if (width === undefined || height === undefined) {
    return undefined;
  }
  const size = nearestSize(model, { width, height });
  return { width: size.width, height: size.height };
}

/**
 * What the list proposes for a missing image. Throws a `LimnError` if no picture can be saved at
 * its path.
 */
export async function rowOfMissing(
  { lastChoices }: Pick<Services, "lastChoices">,
  model: Model,
  image: MissingImage & Partial<FoundImage>,
): Promise<ImageRow> {
  const file = Uri.parse(image.file);
  const location = await checkFileTarget(file);
  const last = parseSize(lastChoices.read().shape ?? "");
  return {
    file,
    ...(image.linkedIn === undefined ? {} : { linkedIn: image.linkedIn }),
    target: targetAt(location, "all"),
    format: location.format ?? outputFormats[0],
    model,
    prompt: image.prompt,
    size: sizeOfLink(model, image) ?? defaultSize(model, undefined, last),
  };
}

/** Why the image of a row is not needed any more; `undefined` if it is. */
export const reasonNotToMake: ReasonNotToMake<ImageRow> = async ({ file }) =>
  (await uriExists(file)) ? l10n.t("{0} exists now and was not made.", shownPath(file)) : undefined;
