import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { formatUsd } from "../../../core/money/usd.ts";
import type { JobView } from "../../../protocol.ts";
import { waitAction } from "../../jobs/jobActions.ts";
import { jobStatus, unchangedFor } from "../../jobs/jobStatus.ts";
import { excerpt, formatDuration, formatTime } from "../../shared/format.ts";
import { isUnsent, isWaitedFor } from "../../shared/jobState.ts";
import { freeInSandbox } from "../../shared/money.ts";

function costText({ isSandbox, cost, estimate }: JobView): string {
  if (isSandbox) {
    return freeInSandbox;
  }
  return cost === undefined ? l10n.t("about {0}", formatUsd(estimate)) : formatUsd(cost);
}

/** Time, status and progress of a job that this window waits for, and the button that ends that. */
function waitingLine(job: JobView, now: number): TemplateResult {
  const { name, hint, onClick } = waitAction(job);
  // A progress that has not changed for a long time says nothing about the remaining time.
  const percent = unchangedFor(job, now) === undefined ? job.progress : undefined;
  const facts = [formatDuration(now - job.createdAt), jobStatus(job, now).text, costText(job)];
  return html`
    <div class="line">
      <div class="facts" title=${l10n.t("Task UUID: {0}", job.id)}>${facts.join(" · ")}</div>
      <button class="link" title=${hint} aria-label=${l10n.t("{0}: {1}", name, excerpt(job.prompt, 40))} @click=${onClick}>${name}</button>
    </div>
    ${
      isUnsent(job)
        ? nothing
        : html`<vscode-progress-bar
            .value=${percent}
            .indeterminate=${percent === undefined}
            .ariaLabel=${l10n.t("Progress: {0}", excerpt(job.prompt, 40))}
          ></vscode-progress-bar>`
    }
  `;
}

/**
 * The heading above the pictures of a job, with its status while this window waits for it. Both are
 * equally high, so that the pictures stay where they are. A narrow panel cuts the time. `now`: in
 * milliseconds since the epoch.
 */
export const jobHeading = (job: JobView, now: number): TemplateResult => html`
  <div role="rowheader" class="heading">
    <div class="prompt" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 120)}</div>
    ${
      isWaitedFor(job)
        ? waitingLine(job, now)
        : html`<div class="facts">${[job.shape, costText(job), formatTime(job.createdAt, now)].join(" · ")}</div>`
    }
    ${job.notes.map((note) => html`<div class="lost" dir="auto" title=${note}>${note}</div>`)}
  </div>
`;
