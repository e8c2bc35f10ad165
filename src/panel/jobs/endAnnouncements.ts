import * as l10n from "@vscode/l10n";
import { joinSentences } from "../../core/text/sentences.ts";
import type { JobView } from "../../protocol.ts";
import type { PanelState } from "../panelState.ts";
import { excerpt, formatNumber } from "../shared/format.ts";
import { isStored } from "../shared/jobState.ts";

function arrivedText(stored: number, count: number, title: string): string {
  if (stored === count) {
    return count === 1
      ? l10n.t("1 picture arrived: {0}", title)
      : l10n.t("{0} pictures arrived: {1}", formatNumber(stored), title);
  }
  return count === 1
    ? l10n.t("{0} of 1 picture arrived: {1}", formatNumber(stored), title)
    : l10n.t("{0} of {1} pictures arrived: {2}", formatNumber(stored), formatNumber(count), title);
}

/** Describes how a job ended. */
function endText(job: JobView): string {
  const title = excerpt(job.prompt);
  const billing = job.mayBeBilled ? l10n.t("It may have been billed.") : "";
  switch (job.state) {
    case "failed":
      return joinSentences(l10n.t("Failed: {0}", title), job.failures[0]?.message ?? "", billing);
    case "unknown":
      return joinSentences(l10n.t("Outcome unknown: {0}", title), billing);
    default:
      return joinSentences(arrivedText(job.pictures.filter(isStored).length, job.count, title), ...job.notes);
  }
}

/** What to announce about the jobs that have ended with the last message. */
export const endAnnouncements = ({ ended, jobs }: Pick<PanelState, "ended" | "jobs">): readonly string[] =>
  ended.flatMap((id) => {
    const job = jobs.get(id);
    return job === undefined ? [] : [endText(job)];
  });
