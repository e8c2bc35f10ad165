import { html, nothing, type TemplateResult } from "lit";
import type { JobView, Snapshot } from "../../protocol.ts";
import { post } from "../bridge.ts";
import { fieldName } from "../form/fields.ts";
import { formatUsd, freeInSandbox } from "../form/money.ts";
import { buy, isPressed, onBuyClick } from "../press.ts";
import { hasArrived, isOpen, isUnsent, isWaitedFor, missing, quietFor, standing } from "./standing.ts";
import { count, duration, excerpt, moment } from "./words.ts";

interface Act {
  readonly name: string;
  readonly icon: string;
  /** What it does, and what it does not do. */
  readonly hint: string;
  readonly run: (event: MouseEvent) => void;
  /** Whether it cannot be pressed now. */
  readonly off?: boolean;
}

const stopWaiting = ({ id, sandbox }: JobView): Act => ({
  name: "Stop Waiting",
  icon: "debug-stop",
  hint: `The request goes on${sandbox ? "" : " and is billed all the same"}; check again later for its pictures.`,
  run: () => post({ type: "stopWaiting", job: id }),
});

const withdraw = ({ id }: JobView): Act => ({
  name: "Withdraw",
  icon: "close",
  hint: "Nothing of it was sent yet, so it costs nothing.",
  run: () => post({ type: "withdraw", job: id }),
});

const checkAgain = ({ id }: JobView): Act => ({
  name: "Check Again",
  icon: "sync",
  hint: "Asks what became of it. Free: nothing is bought.",
  run: () => post({ type: "checkAgain", job: id }),
});

const tryAgainHint = ({ sandbox }: JobView): string =>
  sandbox ? `Trying again is ${freeInSandbox}.` : "Trying again is a new purchase.";

function tryAgain(job: JobView, snapshot: Snapshot): Act {
  const { id, estimate, sandbox } = job;
  const off = isPressed({ job: id }, snapshot);
  const name = sandbox ? "Try Again" : `Try Again · about ${formatUsd(estimate)}`;
  return {
    name: off ? "Sending…" : name,
    icon: "refresh",
    hint: tryAgainHint(job),
    off,
    run: onBuyClick(() => buy({ type: "tryAgain", job: id }, snapshot)),
  };
}

const forget = ({ id }: JobView): Act => ({
  name: "Forget",
  icon: "trash",
  hint: "Takes it off this list.",
  run: () => post({ type: "forget", job: id }),
});

/** What can be done about a job as it stands. */
function actsFor(job: JobView, snapshot: Snapshot): readonly Act[] {
  if (isWaitedFor(job)) {
    return [isUnsent(job) ? withdraw(job) : stopWaiting(job)];
  }
  if (job.state === "failed") {
    return [tryAgain(job, snapshot), forget(job)];
  }
  // A job that is done owns pictures in the sheet: there it is not for forgetting.
  return job.state === "done" ? [checkAgain(job)] : [checkAgain(job), forget(job)];
}

const act = (job: JobView, { name, icon, hint, run, off = false }: Act): TemplateResult => html`
  <vscode-button
    secondary
    icon=${icon}
    title=${hint}
    aria-label=${`${name}: ${excerpt(job.prompt, 40)}`}
    ?disabled=${off}
    aria-disabled=${off ? "true" : "false"}
    @click=${run}
    >${name}</vscode-button
  >
`;

const focusField = (field: string | undefined) => (event: Event) =>
  event.currentTarget?.dispatchEvent(
    new CustomEvent("limn-focus-field", { detail: field, bubbles: true, composed: true }),
  );

function sentence(message: string, field?: string): TemplateResult {
  const name = fieldName(field);
  return html`
    <p class="problem" dir="auto">
      <span>${message}</span>
      ${name === undefined ? nothing : html`<button class="link" @click=${focusField(field)}>Go to ${name}</button>`}
    </p>
  `;
}

/** Problems told once each: twenty pictures that failed alike need one sentence. */
function problems(job: JobView): readonly TemplateResult[] {
  // What is here is in the sheet, with its notes.
  const notes = job.pictures.some(hasArrived) ? [] : job.notes;
  const told = [...notes, ...missing(job).flatMap(({ problem }) => problem ?? [])];
  const all = new Map<string, string | undefined>();
  for (const { message, field } of [...job.failures, ...told.map((words) => ({ message: words, field: undefined }))]) {
    all.set(message, all.get(message) ?? field);
  }
  return [...all].map(([message, field]) => sentence(message, field));
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
  const ready = job.pictures.filter(({ thumbnail }) => thumbnail !== undefined);
  if (ready.length === 0) {
    return nothing;
  }
  const shown = ready.slice(0, 6);
  return html`<div class="thumbnails" aria-hidden="true">
    ${shown.map(({ thumbnail }) => html`<img src=${folder + thumbnail} alt="" width="32" height="32" loading="lazy" />`)}
    ${ready.length > shown.length ? html`<span>+${ready.length - shown.length}</span>` : nothing}
  </div>`;
}

/** What is known of time and money: `12 s · 2720 × 1536 · about $0.112`. */
function facts(job: JobView, now: number): string {
  const time = isWaitedFor(job) ? duration(now - job.createdAt) : moment(job.createdAt, now);
  const money = job.cost === undefined ? `about ${formatUsd(job.estimate)}` : formatUsd(job.cost);
  const bill = job.state === "failed" && job.cost === undefined && !job.mayBeBilled ? [] : [money];
  return [time, job.shape, ...(job.sandbox ? [freeInSandbox] : bill)].join(" · ");
}

/** One job of the queue. `now` in milliseconds since the epoch. */
export function jobRow(job: JobView, now: number, snapshot: Snapshot): TemplateResult {
  // A number that has not moved for long says nothing of when the job will be done.
  const percent = quietFor(job, now) === undefined ? job.progress : undefined;
  const { icon, words, tone } = standing(job, now);
  return html`
    <li class="job ${tone}">
      <div class="state">
        <vscode-icon name=${icon} ?spin=${icon === "loading"}></vscode-icon>
        <span class="words">${words}</span>
        ${percent !== undefined && isOpen(job) ? html`<span class="percent">${Math.round(percent)} %</span>` : nothing}
      </div>
      ${progress(job, percent)}
      <div class="prompt" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 160)}</div>
      <div class="facts" title=${`Task UUID: ${job.id}`}>
        <span>${facts(job, now)}</span>
        <vscode-toolbar-button
          icon="copy"
          .label=${`Copy task UUID: ${excerpt(job.prompt, 40)}`}
          title=${`Copy task UUID: ${job.id}`}
          @click=${() => post({ type: "copyTaskUuid", job: job.id })}
        ></vscode-toolbar-button>
      </div>
      ${thumbnails(job, snapshot.thumbnails)} ${problems(job)}
      <div class="acts">
        ${actsFor(job, snapshot).map((one) => act(job, one))}
        ${job.state === "failed" ? html`<span class="hint">${tryAgainHint(job)}</span>` : nothing}
      </div>
    </li>
  `;
}

/** The button that takes back all jobs of which nothing was sent yet. */
export const withdrawUnsent = (unsent: number): TemplateResult => html`
  <vscode-button
    secondary
    icon="close"
    title="Nothing of them was sent yet, so they cost nothing. Those that were sent go on."
    @click=${() => post({ type: "withdraw" })}
    >Withdraw ${unsent} Unsent</vscode-button
  >
`;

/** The button that ends all waiting at once. */
export const stopAll = (waiting: number): TemplateResult => html`
  <vscode-button
    secondary
    icon="debug-stop"
    title="The requests go on and are billed all the same; check again later for their pictures."
    @click=${() => post({ type: "stopWaiting" })}
    >Stop Waiting for All ${count(waiting, "Job").replace(/ .*/u, "")}</vscode-button
  >
`;
