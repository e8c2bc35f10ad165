import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { cropLoss } from "../../core/targets/crop.ts";
import { describeTarget, groupTargets } from "../../core/targets/describeTarget.ts";
import { type ExportSource, missingPixels, planExport } from "../../core/targets/exportPlan.ts";
import { type ExportTarget, fixedPixels, namesItsSource } from "../../core/targets/target.ts";
import { targets } from "../../core/targets/targets.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";

interface TargetItem extends QuickPickItem {
  readonly target?: ExportTarget;
}

/** Loss of a crop, in percent, from which it is shown. */
const shownLoss = 1;

/** A picture that is too small for the target, if there is one. */
const findTooSmall = (target: ExportTarget, sources: readonly ExportSource[]): ExportSource | undefined =>
  sources.find((source) => missingPixels(target, planExport(target, source, "")) !== undefined);

/** How much of the pictures is cut off, if that is worth to know. */
function describeLoss({ files: [first] }: ExportTarget, sources: readonly ExportSource[]): string | undefined {
  const pixels = first && fixedPixels(first);
  const losses = pixels === undefined ? [] : sources.map((source) => Math.round(cropLoss(source.pixels, pixels) * 100));
  const largest = Math.max(0, ...losses);
  return largest < shownLoss ? undefined : l10n.t("Cuts off {0} % of the picture", largest);
}

function itemOf(target: ExportTarget, sources: readonly ExportSource[]): TargetItem {
  const small = findTooSmall(target, sources);
  const detail =
    small === undefined
      ? describeLoss(target, sources)
      : `$(warning) ${l10n.t("Too small: {0} has {1} × {2} pixels", escapeMarkup(small.name), small.pixels.width, small.pixels.height)}`;
  return {
    target,
    label: escapeMarkup(target.name),
    description: describeTarget(target),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** The targets of a group: first those that the pictures are large enough for. */
function sorted(inGroup: readonly ExportTarget[], sources: readonly ExportSource[]): readonly ExportTarget[] {
  const isTooSmall = (target: ExportTarget) => findTooSmall(target, sources) !== undefined;
  return [...inGroup.filter((target) => !isTooSmall(target)), ...inGroup.filter(isTooSmall)];
}

/**
 * Asks what the pictures are for.
 *
 * @param ofProject targets of the project, which are offered first.
 * @throws LimnError of kind `stopped` if the user cancels.
 */
export async function askTarget(
  sources: readonly ExportSource[],
  ofProject: readonly ExportTarget[],
): Promise<ExportTarget> {
  const offered = [...ofProject, ...targets].filter((target) => sources.length === 1 || namesItsSource(target));
  const items = groupTargets(offered).flatMap(({ label, inGroup }): TargetItem[] => [
    { label, kind: QuickPickItemKind.Separator },
    ...sorted(inGroup, sources).map((target) => itemOf(target, sources)),
  ]);
  const [first] = sources;
  const title =
    sources.length === 1 && first !== undefined
      ? l10n.t("Export “{0}” For…", escapeMarkup(first.name))
      : l10n.t("Export {0} Images For…", sources.length);
  const placeHolder = l10n.t("What is it for?");
  const chosen = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (chosen?.target === undefined) {
    throw stoppedError();
  }
  return chosen.target;
}
