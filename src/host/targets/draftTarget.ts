import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Family, Model } from "../../core/models/model.ts";
import type { Pixels } from "../../core/models/size.ts";
import type { Request } from "../../core/request/request.ts";
import { sentPrompt } from "../../core/request/sentPrompt.ts";
import { largestCrop } from "../../core/targets/crop.ts";
import { describeTarget, groupTargets } from "../../core/targets/describeTarget.ts";
import { fitText } from "../../core/targets/fitText.ts";
import { promptHint } from "../../core/targets/promptHint.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { croppedShapes } from "../../core/targets/targetCrops.ts";
import { fitOf, sizeForTarget, takesAnyShape, targetPixels } from "../../core/targets/targetFit.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { withNoBreakSpaces } from "../../core/text/noBreakSpaces.ts";
import type { CropPreview, DraftFields, TargetPreview, TargetView } from "../../protocol.ts";
import type { PromptLimits } from "../flow/promptProblem.ts";
import { offeredTargets } from "./offeredTargets.ts";
import type { TargetServices } from "./projectTargets.ts";

/** The services that the targets of a draft need. */
interface DraftServices extends TargetServices {
  readonly family: Family;
}

/** The sizes to make pictures for a target in, by the id of the model. */
function sizesOf(target: ExportTarget, family: Family): TargetView["sizes"] {
  const wanted = targetPixels(target);
  const models = takesAnyShape(wanted) ? [] : family;
  return Object.fromEntries(
    models.map((model) => {
      const { width, height } = sizeForTarget(model, wanted, model.sizes[0]);
      return [model.id, { width, height }];
    }),
  );
}

/** The targets as the form offers them, in the order of their groups. */
export async function targetViews(services: DraftServices): Promise<readonly TargetView[]> {
  return groupTargets(await offeredTargets(services)).flatMap(({ label, inGroup }) =>
    inGroup.map((target) => ({
      id: target.id,
      name: escapeBidiControls(target.name),
      group: label,
      sizes: sizesOf(target, services.family),
    })),
  );
}

/** The draft's target, and the pixels that are made for it; `undefined` if it has none. */
async function targetOf(
  services: TargetServices,
  { exportTarget, shape }: DraftFields,
): Promise<{ readonly target: ExportTarget; readonly size: Pixels | undefined } | undefined> {
  if (exportTarget === undefined) {
    return undefined;
  }
  const target = (await offeredTargets(services)).find(({ id }) => id === exportTarget);
  const size = typeof shape === "object" && "width" in shape ? shape : undefined;
  return target && { target, size };
}

/** What the target keeps of a picture; `undefined` if all of it. */
function previewCrop(target: ExportTarget, picture: Pixels): CropPreview | undefined {
  const kept = croppedShapes(target, picture).map((shape) => largestCrop(picture, shape));
  return kept.length === 0 ? undefined : { picture, kept };
}

/** What the draft's target makes of its pictures; `undefined` if it has none. */
export async function previewTarget(services: TargetServices, draft: DraftFields): Promise<TargetPreview | undefined> {
  const found = await targetOf(services, draft);
  if (found === undefined) {
    return undefined;
  }
  const { target, size } = found;
  const wanted = targetPixels(target);
  const fit = size && fitOf(wanted, size);
  const text = size && fit && fitText(size, fit);
  const hint = size && promptHint(wanted, size);
  const isTooSmall = fit?.missing !== undefined;
  const crop = size && !isTooSmall ? previewCrop(target, size) : undefined;
  const facts = [describeTarget(target), ...(text === undefined ? [] : [text])].join(" · ");
  return {
    target: target.id,
    // Beside the drawing of what is cut off, a narrow panel has room for a few words in a line.
    text: isTooSmall ? `${text}.` : withNoBreakSpaces(facts),
    isTooSmall,
    ...(hint === undefined ? {} : { hint }),
    ...(crop === undefined ? {} : { crop }),
  };
}

/**
 * The fields of a request for the draft's target, with its hint unless the user declined. Throws a
 * `LimnError` if the target is not offered any more.
 */
export async function requestForTarget(
  services: TargetServices,
  draft: DraftFields,
): Promise<Pick<Request, "exportTarget" | "promptHint">> {
  const found = await targetOf(services, draft);
  if (found === undefined) {
    throw new LimnError(
      "input",
      l10n.t("What the pictures are for is not offered any more, so nothing was sent. Choose it again under “For”."),
    );
  }
  const { target, size } = found;
  const hint = draft.hint === false ? undefined : size && promptHint(targetPixels(target), size);
  return { exportTarget: target.id, ...(hint === undefined ? {} : { promptHint: hint }) };
}

/**
 * The limits of a model for the draft's prompt alone: they leave room for the hint of its target.
 * Throws like `requestForTarget`.
 */
export async function promptLimitsFor(
  services: TargetServices,
  draft: DraftFields,
  { promptMinimum, promptLimit }: Model,
): Promise<PromptLimits> {
  const { promptHint } = await requestForTarget(services, draft);
  const anyPrompt = "x";
  const added = countCharacters(sentPrompt({ prompt: anyPrompt, promptHint })) - countCharacters(anyPrompt);
  return { promptMinimum, promptLimit: promptLimit - added };
}
