import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { formatUsd } from "../../core/money/usd.ts";
import type { RequestField } from "../../core/request/requestFields.ts";
import type { JobView, Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { excerpt, formatDuration, formatTime } from "../shared/format.ts";
import { goToFieldText } from "../shared/formFields.ts";
import { isOpen, isStored, isUnsent, isWaitedFor, missingPictures } from "../shared/jobState.ts";
import { freeInSandbox } from "../shared/money.ts";
import { buy, isPressed, onBuyClick } from "../shared/press.ts";
import { jobStatus, unchangedFor } from "./jobStatus.ts";

interface JobAction {
  readonly name: string;
  readonly icon: string;
  /** Tooltip: what it does, and what it does not do. */
  readonly hint: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly isDisabled?: boolean;
}

const stopWaitingAction = ({ id, isSandbox: sandbox }: JobView): JobAction => ({
  name: l10n.t("Stop Waiting"),
  icon: "debug-stop",
  hint: sandbox
    ? l10n.t("The request goes on; check again later for its pictures.")
    : l10n.t("The request goes on and is billed all the same; check again later for its pictures."),
  onClick: () => post({ type: "stopWaiting", job: id }),
});

const withdrawAction = ({ id }: JobView): JobAction => ({
  name: l10n.t("Withdraw"),
  icon: "close",
  hint: l10n.t("Nothing of it was sent yet, so it costs nothing."),
  onClick: () => post({ type: "withdraw", job: id }),
});

const checkAgainAction = ({ id }: JobView): JobAction => ({
  name: l10n.t("Check Again"),
  icon: "sync",
  hint: l10n.t("Asks what became of it. Free: nothing is bought."),
  onClick: () => post({ type: "checkAgain", job: id }),
});

/** The service in use now decides what trying again costs, not the one that the job was sent to. */
const isFree = ({ engine }: Snapshot): boolean => engine.kind === "sandbox";

const tryAgainHint = (snapshot: Snapshot): string =>
  isFree(snapshot) ? l10n.t("Trying again is free in the sandbox.") : l10n.t("Trying again is a new purchase.");

function tryAgainAction(job: JobView, snapshot: Snapshot): JobAction {
  const { id, tryAgainEstimate: price } = job;
  const isSending = isPressed({ job: id }, snapshot);
  const name =
    isFree(snapshot) || price === undefined ? l10n.t("Try Again") : l10n.t("Try Again · about {0}", formatUsd(price));
  return {
    name: isSending ? l10n.t("Sending…") : name,
    icon: "refresh",
    hint: tryAgainHint(snapshot),
    isDisabled: isSending,
    onClick: onBuyClick(() => buy({ type: "tryAgain", job: id }, snapshot)),
  };
}

const forgetAction = ({ id }: JobView): JobAction => ({
  name: l10n.t("Forget"),
  icon: "trash",
  hint: l10n.t("Removes it from this list."),
  onClick: () => post({ type: "forget", job: id }),
});

/** The actions that a job offers in its state. */
function actionsFor(job: JobView, snapshot: Snapshot): readonly JobAction[] {
  if (isWaitedFor(job)) {
    return [isUnsent(job) ? withdrawAction(job) : stopWaitingAction(job)];
  }
  if (job.state === "failed") {
    return [tryAgainAction(job, snapshot), forgetAction(job)];
  }
  // The pictures of a finished job are in the sheet, so this list does not offer to forget it.
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
    aria-label=${l10n.t("{0}: {1}", name, excerpt(job.prompt, 40))}
    ?disabled=${isDisabled}
    aria-disabled=${isDisabled ? "true" : "false"}
    @click=${onClick}
    >${name}</vscode-button
  >
`;

/** Asks the page to put the focus on a field of the form. */
const requestFieldFocus = (field: RequestField | undefined) => (event: Event) =>
  event.currentTarget?.dispatchEvent(
    new CustomEvent("limn-focus-field", { detail: field, bubbles: true, composed: true }),
  );

function problemRow(message: string, field?: RequestField): TemplateResult {
  const goToField = goToFieldText(field);
  return html`
    <p class="problem" dir="auto">
      <span>${message}</span>
      ${
        goToField === undefined
          ? nothing
          : html`<button class="link" @click=${requestFieldFocus(field)}>${goToField}</button>`
      }
    </p>
  `;
}

/** Each problem once: twenty pictures that failed for the same reason need one sentence. */
function problemRows(job: JobView): readonly TemplateResult[] {
  // Stored pictures are in the sheet, which shows the notes.
  const notes = job.pictures.some(isStored) ? [] : job.notes;
  const messages = [...notes, ...missingPictures(job).flatMap(({ problem }) => problem ?? [])];
  const fieldByMessage = new Map<string, RequestField | undefined>();
  for (const { message, field } of [...job.failures, ...messages.map((message) => ({ message, field: undefined }))]) {
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
        ${actionsFor(job, snapshot).map((one) => actionButton(job, one))}
        ${job.state === "failed" ? html`<span class="hint">${tryAgainHint(snapshot)}</span>` : nothing}
      </div>
    </li>
  `;
}
