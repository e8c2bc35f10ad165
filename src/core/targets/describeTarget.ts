import * as l10n from "@vscode/l10n";
import { formatBytes } from "../text/byteSize.ts";
import { formatName } from "../text/formatName.ts";
import { type ExportTarget, fixedPixels, type TargetGroup } from "./target.ts";

const groupNames: Readonly<Record<TargetGroup, string>> = {
  project: l10n.t("This Project"),
  web: l10n.t("Web Pages"),
  social: l10n.t("Link Previews and Posts"),
  icons: l10n.t("Icons"),
  apps: l10n.t("Apps and Stores"),
  convert: l10n.t("Convert, Same Size"),
};

/** The targets by their groups, without empty ones, in the order in which they are offered. */
export const groupTargets = (
  targets: readonly ExportTarget[],
): readonly { readonly label: string; readonly inGroup: readonly ExportTarget[] }[] =>
  Object.entries(groupNames)
    .map(([group, label]) => ({ label, inGroup: targets.filter((target) => target.group === group) }))
    .filter(({ inGroup }) => inGroup.length > 0);

/** Each value once. */
const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

/** What a target makes, such as `1200 × 630 · JPG · at most 300 kB`. */
export function describeTarget({ files, icon, manifest, texts = [] }: ExportTarget): string {
  const [first] = files;
  if (first === undefined) {
    return "";
  }
  const { width, format, maxBytes } = first;
  const pixels = fixedPixels(first);
  const widths = distinct(files.flatMap((file) => file.width ?? []));
  if (files.length > 1 && pixels === undefined && widths.length > 0) {
    const formats = distinct(files.map((file) => formatName(file.format))).join(", ");
    const isLimitOfAll = maxBytes !== undefined && files.every((file) => file.maxBytes === maxBytes);
    const limit = isLimitOfAll ? [l10n.t("at most {0} each", formatBytes(maxBytes))] : [];
    return [l10n.t("{0} px wide", widths.join(", ")), formats, ...limit].join(" · ");
  }
  if (files.length + texts.length > 1) {
    const count = files.length + texts.length + (icon === undefined ? 0 : 1) + (manifest === undefined ? 0 : 1);
    return l10n.t("{0} files", count);
  }
  const size = pixels === undefined ? width : `${pixels.width} × ${pixels.height}`;
  return [size, formatName(format), ...(maxBytes === undefined ? [] : [l10n.t("at most {0}", formatBytes(maxBytes))])]
    .filter((part) => part !== undefined)
    .join(" · ");
}
