import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { formatUsd } from "../../core/money/usd.ts";
import type { JobView, Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { excerpt, formatDuration, formatTime } from "../shared/format.ts";
import { isOpen, isStored, isUnsent, isWaitedFor, missingPictures } from "../shared/jobState.ts";
import { freeInSandbox } from "../shared/money.ts";
import { actionsFor, type JobAction } from "./jobActions.ts";
import { jobStatus, unchangedFor } from "./jobStatus.ts";

/** The button of an action, named with the prompt of its job if it has one. */
export const actionButton = (
  { name, icon, hint, onClick, isDisabled = false }: JobAction,
  job?: JobView,
): TemplateResult => html`
  <vscode-button
    secondary
    icon=${icon}
    title=${hint}
    aria-label=${job === undefined ? name : l10n.t("{0}: {1}", name, excerpt(job.prompt, 40))}
    ?disabled=${isDisabled}
    aria-disabled=${isDisabled ? "true" : "false"}
    @click=${onClick}
    >${name}</vscode-button
  >
`;

/** Each problem once: twenty pictures that failed for the same reason need one sentence. */
function problemRows(job: JobView): readonly TemplateResult[] {
  // Stored pictures are in the sheet, which shows the notes.
  const notes = job.pictures.some(isStored) ? [] : job.notes;
  const messages = [...notes, ...missingPictures(job).flatMap(({ problem }) => problem ?? [])];
  const billing = job.unmade !== undefined && job.mayBeBilled ? [l10n.t("What is missing may have been billed.")] : [];
  return [...new Set([...job.failures.map(({ message }) => message), ...messages, ...billing])].map(
    (message) => html`<p class="problem" dir="auto">${message}</p>`,
  );
}

function progress(job: JobView, percent: number | undefined): TemplateResult | typeof nothing {
  if (!isWaitedFor(job) || isUnsent(job)) {
    return nothing;
  }
  return html`<vscode-progress-bar
    .value=${percent}
    .indeterminate=${percent === undefined}
    .ariaLabel=${l10n.t("Progress: {0}", excerpt(job.prompt, 40))}
  ></vscode-progress-bar>`;
}

function thumbnails(job: JobView, folder: string): TemplateResult | typeof nothing {
  const withThumbnail = job.pictures.filter(({ thumbnail }) => thumbnail !== undefined);
  if (withThumbnail.length === 0) {
    return nothing;
  }
  const shown = withThumbnail.slice(0, 6);
  return html`<div class="thumbnails" aria-hidden="true">
    ${shown.map(({ thumbnail }) => html`<img src=${folder + thumbnail} alt="" width="32" height="32" loading="lazy" />`)}
    ${withThumbnail.length > shown.length ? html`<span>+${withThumbnail.length - shown.length}</span>` : nothing}
  </div>`;
}

/** Time, size and price of a job: `12 s · 2720 × 1536 · about $0.112`. */
function jobFacts(job: JobView, now: number): string {
  const time = isWaitedFor(job) ? formatDuration(now - job.createdAt) : formatTime(job.createdAt, now);
  const money = job.cost === undefined ? l10n.t("about {0}", formatUsd(job.estimate)) : formatUsd(job.cost);
  const costTexts = job.state === "failed" && job.cost === undefined && !job.mayBeBilled ? [] : [money];
  return [
    time,
    ...(job.model === undefined ? [] : [job.model]),
    job.shape,
    ...(job.isSandbox ? [freeInSandbox] : costTexts),
  ].join(" · ");
}

/** One job of the queue. `now` in milliseconds since the epoch. */
export function jobRow(job: JobView, now: number, snapshot: Snapshot): TemplateResult {
  // A progress that has not changed for a long time says nothing about the remaining time.
  const percent = unchangedFor(job, now) === undefined ? job.progress : undefined;
  const { icon, text: statusText, tone } = jobStatus(job, now);
  return html`
    <li class="job ${tone}">
      <div class="state">
        <vscode-icon name=${icon} ?spin=${icon === "loading"}></vscode-icon>
        <span class="words">${statusText}</span>
        ${percent !== undefined && isOpen(job) ? html`<span class="percent">${Math.round(percent)} %</span>` : nothing}
      </div>
      ${progress(job, percent)}
      <div class="prompt" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 160)}</div>
      <div class="facts" title=${l10n.t("Task UUID: {0}", job.id)}>
        <span dir="auto">${jobFacts(job, now)}</span>
        <vscode-toolbar-button
          icon="copy"
          .label=${l10n.t("Copy task UUID: {0}", excerpt(job.prompt, 40))}
          title=${l10n.t("Copy task UUID: {0}", job.id)}
          @click=${() => post({ type: "copyTaskUuid", job: job.id })}
        ></vscode-toolbar-button>
      </div>
      ${thumbnails(job, snapshot.thumbnails)} ${problemRows(job)}
      <div class="actions">
        ${actionsFor(job, snapshot).map((one) => actionButton(one, job))}
      </div>
    </li>
  `;
}
