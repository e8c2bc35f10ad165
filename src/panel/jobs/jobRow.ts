import { html, nothing, type TemplateResult } from "lit";
import type { JobView, Snapshot } from "../../protocol.ts";
import { fieldName } from "../form/fields.ts";
import { formatUsd, freeInSandbox } from "../form/money.ts";
import { buy, isPressed, onBuyClick } from "../shared/press.ts";
import { post } from "../shared/vscodeApi.ts";
import { excerpt, formatCount, formatDuration, formatTime } from "./format.ts";
import { isOpen, isStored, isUnsent, isWaitedFor, jobStatus, missingPictures, unchangedFor } from "./jobStatus.ts";

interface JobAction {
  readonly name: string;
  readonly icon: string;
  /** What it does, and what it does not do. */
  readonly hint: string;
  readonly onClick: (event: MouseEvent) => void;
  /** Whether it cannot be pressed now. */
  readonly isDisabled?: boolean;
}

const stopWaitingAction = ({ id, isSandbox: sandbox }: JobView): JobAction => ({
  name: "Stop Waiting",
  icon: "debug-stop",
  hint: `The request goes on${sandbox ? "" : " and is billed all the same"}; check again later for its pictures.`,
  onClick: () => post({ type: "stopWaiting", job: id }),
});

const withdrawAction = ({ id }: JobView): JobAction => ({
  name: "Withdraw",
  icon: "close",
  hint: "Nothing of it was sent yet, so it costs nothing.",
  onClick: () => post({ type: "withdraw", job: id }),
});

const checkAgainAction = ({ id }: JobView): JobAction => ({
  name: "Check Again",
  icon: "sync",
  hint: "Asks what became of it. Free: nothing is bought.",
  onClick: () => post({ type: "checkAgain", job: id }),
});

const tryAgainHint = ({ isSandbox: sandbox }: JobView): string =>
  sandbox ? `Trying again is ${freeInSandbox}.` : "Trying again is a new purchase.";

function tryAgainAction(job: JobView, snapshot: Snapshot): JobAction {
  const { id, estimate, isSandbox: sandbox } = job;
  const isSending = isPressed({ job: id }, snapshot);
  const name = sandbox ? "Try Again" : `Try Again · about ${formatUsd(estimate)}`;
  return {
    name: isSending ? "Sending…" : name,
    icon: "refresh",
    hint: tryAgainHint(job),
    isDisabled: isSending,
    onClick: onBuyClick(() => buy({ type: "tryAgain", job: id }, snapshot)),
  };
}

const forgetAction = ({ id }: JobView): JobAction => ({
  name: "Forget",
  icon: "trash",
  hint: "Takes it off this list.",
  onClick: () => post({ type: "forget", job: id }),
});

/** What can be done about a job as it stands. */
function actionsFor(job: JobView, snapshot: Snapshot): readonly JobAction[] {
  if (isWaitedFor(job)) {
    return [isUnsent(job) ? withdrawAction(job) : stopWaitingAction(job)];
  }
  if (job.state === "failed") {
    return [tryAgainAction(job, snapshot), forgetAction(job)];
  }
  // A job that is done owns pictures in the sheet: there it is not for forgetting.
  return job.state === "done" ? [checkAgainAction(job)] : [checkAgainAction(job), forgetAction(job)];
}

const actionButton = (
  job: JobView,
  { name, icon, hint, onClick, isDisabled = false }: JobAction,
): TemplateResult => html`
  <vscode-button
    secondary
    icon=${icon}
    title=${hint}
    aria-label=${`${name}: ${excerpt(job.prompt, 40)}`}
    ?disabled=${isDisabled}
    aria-disabled=${isDisabled ? "true" : "false"}
    @click=${onClick}
    >${name}</vscode-button
  >
`;

const requestFieldFocus = (field: string | undefined) => (event: Event) =>
  event.currentTarget?.dispatchEvent(
    new CustomEvent("limn-focus-field", { detail: field, bubbles: true, composed: true }),
  );

function problemRow(message: string, field?: string): TemplateResult {
  const name = fieldName(field);
  return html`
    <p class="problem" dir="auto">
      <span>${message}</span>
      ${name === undefined ? nothing : html`<button class="link" @click=${requestFieldFocus(field)}>Go to ${name}</button>`}
    </p>
  `;
}

/** Problems told once each: twenty pictures that failed alike need one sentence. */
function problemRows(job: JobView): readonly TemplateResult[] {
  // What is here is in the sheet, with its notes.
  const notes = job.pictures.some(isStored) ? [] : job.notes;
  const messages = [...notes, ...missingPictures(job).flatMap(({ problem }) => problem ?? [])];
  const fieldByMessage = new Map<string, string | undefined>();
  for (const { message, field } of [
    ...job.failures,
    ...messages.map((message) => ({ message: message, field: undefined })),
  ]) {
    fieldByMessage.set(message, fieldByMessage.get(message) ?? field);
  }
  return [...fieldByMessage].map(([message, field]) => problemRow(message, field));
}

function progress(job: JobView, percent: number | undefined): TemplateResult | typeof nothing {
  if (!isWaitedFor(job) || isUnsent(job)) {
    return nothing;
  }
  return html`<vscode-progress-bar
    .value=${percent}
    .indeterminate=${percent === undefined}
    .ariaLabel=${`Progress: ${excerpt(job.prompt, 40)}`}
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

/** What is known of time and money: `12 s · 2720 × 1536 · about $0.112`. */
function jobFacts(job: JobView, now: number): string {
  const time = isWaitedFor(job) ? formatDuration(now - job.createdAt) : formatTime(job.createdAt, now);
  const money = job.cost === undefined ? `about ${formatUsd(job.estimate)}` : formatUsd(job.cost);
  const costTexts = job.state === "failed" && job.cost === undefined && !job.mayBeBilled ? [] : [money];
  return [time, job.shape, ...(job.isSandbox ? [freeInSandbox] : costTexts)].join(" · ");
}

/** One job of the queue. `now` in milliseconds since the epoch. */
export function jobRow(job: JobView, now: number, snapshot: Snapshot): TemplateResult {
  // A number that has not moved for long says nothing of when the job will be done.
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
      <div class="facts" title=${`Task UUID: ${job.id}`}>
        <span>${jobFacts(job, now)}</span>
        <vscode-toolbar-button
          icon="copy"
          .label=${`Copy task UUID: ${excerpt(job.prompt, 40)}`}
          title=${`Copy task UUID: ${job.id}`}
          @click=${() => post({ type: "copyTaskUuid", job: job.id })}
        ></vscode-toolbar-button>
      </div>
      ${thumbnails(job, snapshot.thumbnails)} ${problemRows(job)}
      <div class="acts">
        ${actionsFor(job, snapshot).map((one) => actionButton(job, one))}
        ${job.state === "failed" ? html`<span class="hint">${tryAgainHint(job)}</span>` : nothing}
      </div>
    </li>
  `;
}

/** The button that takes back all jobs of which nothing was sent yet. */
export const withdrawUnsentButton = (unsent: number): TemplateResult => html`
  <vscode-button
    secondary
    icon="close"
    title="Nothing of them was sent yet, so they cost nothing. Those that were sent go on."
    @click=${() => post({ type: "withdraw" })}
    >Withdraw ${unsent} Unsent</vscode-button
  >
`;

/** The button that ends all waiting at once. */
export const stopAllButton = (waiting: number): TemplateResult => html`
  <vscode-button
    secondary
    icon="debug-stop"
    title="The requests go on and are billed all the same; check again later for their pictures."
    @click=${() => post({ type: "stopWaiting" })}
    >Stop Waiting for All ${formatCount(waiting, "Job").replace(/ .*/u, "")}</vscode-button
  >
`;
