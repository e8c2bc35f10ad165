import { l10n } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import type { Pixels } from "../../core/models/size.ts";
import { estimateToolUse } from "../../core/tools/toolEstimate.ts";
import { toolOf } from "../../core/tools/tools.ts";
import { expectedPrice } from "../money/sandboxPrice.ts";

/** What can become of the background, at which expected cost. `jobs`: the newest first. */
export function backgroundChoices(jobs: readonly Job[], pixels: Pixels) {
  const tool = toolOf("removeBackground");
  const { usd } = estimateToolUse(jobs, tool, { id: tool.id }, pixels);
  return [
    { label: l10n.t("Keep the Background"), removes: false },
    { label: `${tool.name()}…`, description: expectedPrice(usd), removes: true },
  ];
}
