import { l10n, type QuickPickItem, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { formatSize } from "../../core/models/size.ts";
import { sumUsd } from "../../core/money/usd.ts";
import { formatName } from "../../core/text/formatName.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import type { Tool, ToolUse } from "../../core/tools/tool.ts";
import type { ToolEstimate } from "../../core/tools/toolEstimate.ts";
import { resultPixels, resultProblem } from "../../core/tools/toolTask.ts";
import { engineToShow } from "../connection/engineSetting.ts";
import { expectedPrice } from "../money/sandboxPrice.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { listedNames } from "../ui/lists.ts";
import type { ToolSource } from "./toolSource.ts";

/** What a tool makes of pictures. */
export interface ChosenUse {
  readonly use: ToolUse;
  /** Absent if each result gets the format of its source. */
  readonly format?: OutputFormat;
  /** The pictures that it is possible for. */
  readonly sources: readonly ToolSource[];
}

/** What the result of a picture is expected to cost. */
type EstimateUse = (use: ToolUse, source: ToolSource) => ToolEstimate;

/** The pictures that are asked about. */
interface AskedPictures {
  readonly sources: readonly ToolSource[];
  /** Names of others that are left out. */
  readonly unusable: readonly string[];
  readonly estimateUse: EstimateUse;
}

interface UseItem extends QuickPickItem, ChosenUse {}

/**
 * The choices of a tool: how much it enlarges, or the format of what it cuts out. Throws a
 * `LimnError` if every result would be too large.
 */
function usesOf(tool: Tool, sources: readonly ToolSource[]): readonly ChosenUse[] {
  if (tool.factors.length === 0) {
    return tool.formats.map((format) => ({ use: { id: tool.id }, format, sources }));
  }
  const problemOf = ({ pixels }: ToolSource, factor: number) => resultProblem(resultPixels(pixels, { factor }));
  const uses = tool.factors.map((factor) => ({
    use: { id: tool.id, factor },
    sources: sources.filter((source) => problemOf(source, factor) === undefined),
  }));
  const possible = uses.filter((one) => one.sources.length > 0);
  const [first] = sources;
  if (possible.length === 0 && first !== undefined) {
    throw new LimnError("files", problemOf(first, tool.factors[0] ?? 1) ?? "");
  }
  return possible;
}

/** What an estimate is based on. */
function basisOf({ factor }: ToolUse, estimates: readonly ToolEstimate[]): string {
  const [first, ...others] = estimates;
  if (first?.paidFor === undefined) {
    return factor === undefined
      ? l10n.t("Estimate: what others paid for a picture, of unknown size")
      : l10n.t("Estimate: what others paid for a picture, of unknown size and factor");
  }
  return others.length === 0
    ? l10n.t("Estimate: what you paid for a result of {0}", formatSize(first.paidFor))
    : l10n.t("Estimate: what you paid for results of the nearest size");
}

/** What comes out, for how many pictures, at which price, and which pictures are left out. */
function itemOf(chosen: ChosenUse, { sources, unusable, estimateUse }: AskedPictures): UseItem {
  const { use, format, sources: possible } = chosen;
  const estimates = possible.map((source) => estimateUse(use, source));
  const tooLarge = sources.filter((source) => !possible.includes(source)).map(({ reference }) => reference.label);
  const leftOut = [...unusable, ...tooLarge];
  const [first, ...others] = possible;
  const result =
    first !== undefined && others.length === 0
      ? formatSize(resultPixels(first.pixels, use))
      : l10n.t("{0} pictures", possible.length);
  const details = [
    ...(leftOut.length === 0 ? [] : [l10n.t("Left out: {0}", listedNames(leftOut))]),
    ...(engineToShow() === "sandbox" ? [] : [basisOf(use, estimates)]),
  ];
  return {
    ...chosen,
    label: format === undefined ? l10n.t("{0}×", use.factor ?? 1) : formatName(format),
    description: `${result} · ${expectedPrice(sumUsd(estimates.map(({ usd }) => usd)))}`,
    detail: escapeMarkup(details.join(" · ")),
  };
}

/** The choices as the user sees them. Throws as `usesOf` does. */
export const useItems = (tool: Tool, asked: AskedPictures): readonly UseItem[] =>
  usesOf(tool, asked.sources).map((chosen) => itemOf(chosen, asked));

/** Where the pictures go on Enter. */
function sentText({ modelName }: Tool, isOne: boolean): string {
  if (engineToShow() === "sandbox") {
    return isOne
      ? l10n.t("Enter gives it to the sandbox, on this computer")
      : l10n.t("Enter gives them to the sandbox, on this computer");
  }
  return isOne
    ? l10n.t("Enter sends it to Runware ({0}), without metadata", modelName)
    : l10n.t("Enter sends them to Runware ({0}), without metadata", modelName);
}

/** What Enter does, and what the pictures lose or may lose. */
function placeholderOf(tool: Tool, sources: readonly ToolSource[]): string {
  const isOne = sources.length === 1;
  const isAnimated = sources.some((source) => source.isAnimated);
  const mayLoseAlpha = !tool.makesTransparency && sources.some(({ hasAlpha }) => hasAlpha);
  const losses = [
    ...(isAnimated
      ? [isOne ? l10n.t("Only its first frame is used.") : l10n.t("Only the first frame of animations is used.")]
      : []),
    ...(mayLoseAlpha ? [isOne ? l10n.t("Its transparency may be lost.") : l10n.t("Transparency may be lost.")] : []),
  ];
  const sent = sentText(tool, isOne);
  return losses.length === 0 ? sent : joinSentences(sent, ...losses);
}

/**
 * Asks what a tool should make of pictures, with the pixels of the result or the number of
 * pictures, and an estimate of the price.
 *
 * @throws LimnError of kind `stopped` if the user cancels, of kind `files` if every result would be
 * too large.
 */
export async function askToolUse(tool: Tool, asked: AskedPictures): Promise<ChosenUse> {
  const { sources } = asked;
  const [first, ...others] = sources;
  const title =
    first !== undefined && others.length === 0
      ? `${tool.name()}: ${escapeMarkup(first.reference.label)}`
      : l10n.t("{0}: {1} pictures", tool.name(), sources.length);
  const picked = await window.showQuickPick(useItems(tool, asked), {
    title,
    placeHolder: placeholderOf(tool, sources),
    ignoreFocusOut: true,
  });
  if (picked === undefined) {
    throw stoppedError();
  }
  return picked;
}
