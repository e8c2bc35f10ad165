import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { JobView } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import type { PanelState } from "../panelState.ts";
import { announce } from "../shared/announce.ts";
import { ignoreSecondClicks } from "../shared/doubleClick.ts";
import { formatNumber } from "../shared/format.ts";
import { headingStyle } from "../shared/headingStyle.ts";
import { isWaitedFor } from "../shared/jobState.ts";
import { onPress } from "../shared/press.ts";
import { endAnnouncements } from "./endAnnouncements.ts";
import { jobRow } from "./jobRow.ts";
import { jobsStyle } from "./jobsStyle.ts";
import { RedrawTimer } from "./redrawTimer.ts";

/** The button that withdraws all unsent jobs. */
const withdrawUnsentButton = (unsentCount: number): TemplateResult => html`
  <vscode-button
    secondary
    icon="close"
    title=${l10n.t("Nothing of them was sent yet, so they cost nothing. Those that were sent go on.")}
    @click=${() => post({ type: "withdraw" })}
    >${l10n.t("Withdraw Unsent ({0})", formatNumber(unsentCount))}</vscode-button
  >
`;

/** The button that stops waiting for all jobs. `isFree`: all are of the sandbox. */
const stopAllButton = (waitingCount: number, isFree: boolean): TemplateResult => html`
  <vscode-button
    secondary
    icon="debug-stop"
    title=${
      isFree
        ? l10n.t("The requests go on; check again later for their pictures.")
        : l10n.t("The requests go on and are billed all the same; check again later for their pictures.")
    }
    @click=${() => post({ type: "stopWaiting" })}
    >${l10n.t("Stop Waiting for All ({0})", formatNumber(waitingCount))}</vscode-button
  >
`;

/** Says how many older jobs the queue does not show. */
function moreNote(count: number): TemplateResult | typeof nothing {
  if (count <= 0) {
    return nothing;
  }
  const text =
    count === 1 ? l10n.t("1 older job is not shown.") : l10n.t("{0} older jobs are not shown.", formatNumber(count));
  return html`<p class="more">${text}</p>`;
}

/** The jobs of the queue that the host has sent. */
const queuedJobs = ({ queue, jobs }: PanelState): readonly JobView[] =>
  (queue?.jobs ?? []).flatMap((id) => jobs.get(id) ?? []);

/**
 * The queue: jobs that have not ended, and those with a problem, newest first. Empty if there are
 * none.
 */
export class JobList extends LitElement {
  static override readonly styles = [headingStyle, jobsStyle];
  static override readonly properties = { panelState: { attribute: false } };

  declare panelState: PanelState | undefined;

  constructor() {
    super();
    ignoreSecondClicks(this);
    new RedrawTimer(this, () => (this.panelState?.queue?.waiting ?? 0) > 0);
  }

  #unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = onPress(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const announcements =
      changed.has("panelState") && this.panelState !== undefined ? endAnnouncements(this.panelState) : [];
    if (announcements.length > 0) {
      announce(announcements.join(" "));
    }
  }

  /**
   * Scrolls to a new job, which would be out of sight in a low side bar, unless the focus is on the
   * pictures.
   */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("panelState")?.queue;
    const root = this.getRootNode();
    if (
      before === undefined ||
      this.panelState === undefined ||
      !(root instanceof ShadowRoot) ||
      root.activeElement?.localName === "limn-sheet"
    ) {
      return;
    }
    const previousIds = new Set(before.jobs);
    if (queuedJobs(this.panelState).some((job) => isWaitedFor(job) && !previousIds.has(job.id))) {
      // Its buttons and icons have their size in the next frame.
      requestAnimationFrame(() => this.renderRoot.querySelector("li")?.scrollIntoView({ block: "nearest" }));
    }
  }

  protected override render() {
    const { panelState } = this;
    const queue = panelState?.queue;
    if (panelState === undefined || queue === undefined || queue.total === 0) {
      return nothing;
    }
    const jobs = queuedJobs(panelState);
    // The host sends no more than 100 jobs; those that are not here may be of Runware.
    const isFree = queue.total === jobs.length && jobs.every((job) => job.isSandbox || !isWaitedFor(job));
    const now = Date.now();
    return html`
      <section aria-labelledby="title">
        <header>
          <h2 id="title">${l10n.t("Jobs")} <span class="number">${formatNumber(queue.total)}</span></h2>
          ${
            queue.waiting > 1
              ? html`<div class="all">${queue.unsent > 0 ? withdrawUnsentButton(queue.unsent) : nothing} ${stopAllButton(queue.waiting, isFree)}</div>`
              : nothing
          }
        </header>
        <ul>
          ${repeat(
            jobs,
            ({ id }) => id,
            (job) => jobRow(job, now, panelState),
          )}
        </ul>
        ${moreNote(queue.total - jobs.length)}
      </section>
    `;
  }
}

customElements.define("limn-job-list", JobList);

declare global {
  interface HTMLElementTagNameMap {
    "limn-job-list": JobList;
  }
}
