import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { cropLoss } from "../../core/targets/crop.ts";
import { describeTarget, groupTargets } from "../../core/targets/describeTarget.ts";
import { type ExportSource, missingPixels, planExport } from "../../core/targets/exportPlan.ts";
import { type ExportTarget, exportFormats, fixedPixels, namesItsSource } from "../../core/targets/target.ts";
import { targets } from "../../core/targets/targets.ts";
import { parsePixels, typedTarget } from "../../core/targets/typedTarget.ts";
import { formatName } from "../../core/text/formatName.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import type { ExportedImage } from "./readImages.ts";

interface TargetItem extends QuickPickItem {
  readonly target?: ExportTarget;
  /** Whether the user types the pixels. */
  readonly isTyped?: boolean;
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

/** Why the pictures are too small for the target; `undefined` if they are not. */
function describeTooSmall(target: ExportTarget, sources: readonly ExportSource[]): string | undefined {
  const small = findTooSmall(target, sources);
  const { width, height } = small?.pixels ?? {};
  return small && l10n.t("Too small: {0} has {1} × {2} pixels", escapeMarkup(small.name), width ?? 0, height ?? 0);
}

function itemOf(target: ExportTarget, sources: readonly ExportSource[]): TargetItem {
  const small = describeTooSmall(target, sources);
  const detail = small === undefined ? describeLoss(target, sources) : `$(warning) ${small}`;
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

const typedExample = "400x300 @2x";

/** Asks for the pixels of the files, and for their format. */
async function askTypedTarget(sources: readonly ExportSource[], title: string): Promise<ExportTarget | undefined> {
  const validateInput = (text: string): string | undefined => {
    const pixels = parsePixels(text);
    return pixels === undefined
      ? l10n.t("Type a width, or width × height, such as 400x300. Add @2x or @3x for dense screens.")
      : describeTooSmall(typedTarget(pixels, "PNG"), sources);
  };
  const prompt = l10n.t("Pixels of the file. @2x and @3x write two or three files for dense screens.");
  const text = await window.showInputBox({
    title,
    prompt,
    placeHolder: typedExample,
    validateInput,
  });
  const pixels = text === undefined ? undefined : parsePixels(text);
  const formats = exportFormats.map((format) => ({ label: formatName(format), target: format }));
  const placeHolder = l10n.t("Format");
  const chosen = pixels && (await window.showQuickPick(formats, { title, placeHolder }));
  return pixels && chosen && typedTarget(pixels, chosen.target);
}

/** That only the first frame of an animation is exported. */
function describeAnimations(sources: readonly ExportedImage[]): readonly string[] {
  const [first, ...others] = sources.filter(({ isAnimated }) => isAnimated);
  if (first === undefined) {
    return [];
  }
  return others.length === 0
    ? [l10n.t("Only the first frame of {0} is used.", first.name)]
    : [l10n.t("Only the first frames of {0} images are used.", others.length + 1)];
}

/**
 * Asks what the pictures are for.
 *
 * @param ofProject targets of the project, which are offered first.
 * @throws LimnError of kind `stopped` if the user cancels.
 */
export async function askTarget(
  sources: readonly ExportedImage[],
  ofProject: readonly ExportTarget[],
): Promise<ExportTarget> {
  const offered = [...ofProject, ...targets].filter((target) => sources.length === 1 || namesItsSource(target));
  const items = groupTargets(offered).flatMap(({ label, inGroup }): TargetItem[] => [
    { label, kind: QuickPickItemKind.Separator },
    ...sorted(inGroup, sources).map((target) => itemOf(target, sources)),
  ]);
  items.push(
    { label: l10n.t("Any Size"), kind: QuickPickItemKind.Separator },
    { label: l10n.t("Other Size…"), description: l10n.t("Pixels that you type, also @2x and @3x"), isTyped: true },
  );
  const [first] = sources;
  const title =
    sources.length === 1 && first !== undefined
      ? l10n.t("Export “{0}” For…", escapeMarkup(first.name))
      : l10n.t("Export {0} Images For…", sources.length);
  const placeHolder = [l10n.t("What is it for?"), ...describeAnimations(sources)].join(" ");
  const chosen = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  const target = chosen?.isTyped === true ? await askTypedTarget(sources, title) : chosen?.target;
  if (target === undefined) {
    throw stoppedError();
  }
  return target;
}
