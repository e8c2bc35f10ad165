import { l10n, type QuickPickItem, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { formatSize } from "../../core/models/size.ts";
import { formatName } from "../../core/text/formatName.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import type { Tool, ToolUse } from "../../core/tools/tool.ts";
import { resultPixels, resultProblem } from "../../core/tools/toolTask.ts";
import { engineToShow } from "../connection/engineSetting.ts";
import { expectedPrice } from "../money/sandboxPrice.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import type { ToolSource } from "./toolSource.ts";

/** What a tool makes of a picture. */
export interface ChosenUse {
  readonly use: ToolUse;
  readonly format: OutputFormat;
}

interface UseItem extends QuickPickItem, ChosenUse {}

/** The choices of a tool: how much it enlarges, or the format of what it cuts out. */
function usesOf(tool: Tool, { pixels, format }: ToolSource): readonly UseItem[] {
  const price = expectedPrice(tool.price);
  if (tool.factors.length === 0) {
    return tool.formats.map((one) => ({
      label: formatName(one),
      description: `${formatSize(pixels)} · ${price}`,
      use: { id: tool.id },
      format: one,
    }));
  }
  const results = tool.factors.map((factor) => ({ factor, result: resultPixels(pixels, { factor }) }));
  const [smallest] = results;
  const problem = smallest && resultProblem(smallest.result);
  if (problem !== undefined) {
    throw new LimnError("files", problem);
  }
  const possible = results.filter(({ result }) => resultProblem(result) === undefined);
  return possible.map(({ factor, result }) => ({
    label: l10n.t("{0}×", factor),
    description: `${formatSize(result)} · ${price}`,
    use: { id: tool.id, factor },
    format,
  }));
}

/** What Enter does, and what the picture loses or may lose. */
function placeholderOf(tool: Tool, { hasAlpha, isAnimated }: ToolSource): string {
  const sent =
    engineToShow() === "sandbox"
      ? l10n.t("Enter gives it to the sandbox, on this computer")
      : l10n.t("Enter sends it to Runware ({0}), without metadata", tool.modelName);
  const losses = [
    ...(isAnimated ? [l10n.t("Only its first frame is used.")] : []),
    ...(hasAlpha && !tool.makesTransparency ? [l10n.t("Its transparency may be lost.")] : []),
  ];
  return losses.length === 0 ? sent : joinSentences(sent, ...losses);
}

/**
 * Asks what a tool should make of a picture, with the pixels of the result and the expected price.
 * Rejects with kind `stopped` if the user cancels, with kind `files` if every result would be too
 * large.
 */
export async function askToolUse(tool: Tool, source: ToolSource): Promise<ChosenUse> {
  const picked = await window.showQuickPick(usesOf(tool, source), {
    title: `${tool.name()}: ${escapeMarkup(source.reference.label)}`,
    placeHolder: placeholderOf(tool, source),
    ignoreFocusOut: true,
  });
  if (picked === undefined) {
    throw stoppedError();
  }
  return { use: picked.use, format: picked.format };
}
