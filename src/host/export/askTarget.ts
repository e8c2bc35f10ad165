import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { cropLoss } from "../../core/targets/crop.ts";
import { type ExportSource, missingPixels, planExport } from "../../core/targets/exportPlan.ts";
import { type ExportTarget, fixedPixels, type TargetGroup } from "../../core/targets/target.ts";
import { targets } from "../../core/targets/targets.ts";
import { formatBytes } from "../../core/text/byteSize.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";

const groupNames: Readonly<Record<TargetGroup, string>> = {
  project: l10n.t("This Project"),
  web: l10n.t("Web Pages"),
  social: l10n.t("Link Previews and Posts"),
  icons: l10n.t("Icons"),
  apps: l10n.t("Apps and Stores"),
  convert: l10n.t("Convert, Same Size"),
};

interface TargetItem extends QuickPickItem {
  readonly target?: ExportTarget;
}

/** Loss of a crop, in percent, from which it is shown. */
const shownLoss = 1;

/** Whether several pictures can be exported for it into one folder. */
const namesItsSource = ({ files, icon }: ExportTarget): boolean =>
  icon === undefined && files.every(({ path }) => path.includes("{name}"));

/** What a target makes, such as `1200 × 630 · JPG · at most 300 kB`. */
function describe({ files, icon, manifest }: ExportTarget): string {
  const [first] = files;
  if (first === undefined) {
    return "";
  }
  const { width, format, maxBytes } = first;
  const pixels = fixedPixels(first);
  if (files.length > 1 && pixels === undefined) {
    const widths = files.map((file) => file.width).join(", ");
    const limit = maxBytes === undefined ? [] : [l10n.t("at most {0} each", formatBytes(maxBytes))];
    return [l10n.t("{0} px wide", widths), format, ...limit].join(" · ");
  }
  if (files.length > 1) {
    const count = files.length + (icon === undefined ? 0 : 1) + (manifest === undefined ? 0 : 1);
    return l10n.t("{0} files", count);
  }
  const size = pixels === undefined ? width : `${pixels.width} × ${pixels.height}`;
  return [size, format, ...(maxBytes === undefined ? [] : [l10n.t("at most {0}", formatBytes(maxBytes))])]
    .filter((part) => part !== undefined)
    .join(" · ");
}

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
    description: describe(target),
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
  const items = Object.entries(groupNames).flatMap(([group, label]): TargetItem[] => {
    const inGroup = offered.filter((target) => target.group === group);
    const separator = { label, kind: QuickPickItemKind.Separator };
    return inGroup.length === 0
      ? []
      : [separator, ...sorted(inGroup, sources).map((target) => itemOf(target, sources))];
  });
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
