import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { announce } from "../../webview/announce.ts";
import type { PanelState } from "../panelState.ts";
import { ignoreSecondClicks } from "../shared/doubleClick.ts";
import { formatNumber } from "../shared/format.ts";
import { headingStyle } from "../shared/headingStyle.ts";
import { isWaitedFor } from "../shared/jobState.ts";
import { onPress } from "../shared/press.ts";
import { endAnnouncements } from "./endAnnouncements.ts";
import { actionButton, jobRow } from "./jobRow.ts";
import { jobsStyle } from "./jobsStyle.ts";
import { isWaitInSheet, queuedJobs } from "./queuedJobs.ts";
import { RedrawTimer } from "./redrawTimer.ts";
import { waitAllActions } from "./waitAllActions.ts";

/** Says how many older jobs the queue does not show. */
function moreNote(count: number): TemplateResult | typeof nothing {
  if (count <= 0) {
    return nothing;
  }
  const text =
    count === 1 ? l10n.t("1 older job is not shown.") : l10n.t("{0} older jobs are not shown.", formatNumber(count));
  return html`<p class="more">${text}</p>`;
}

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

  protected override render() {
    const { panelState } = this;
    const queue = panelState?.queue;
    if (panelState === undefined || queue === undefined) {
      return nothing;
    }
    const isInSheet = isWaitInSheet(panelState);
    const all = queuedJobs(panelState);
    const jobs = all.filter((job) => !(isInSheet && isWaitedFor(job)));
    const total = queue.total - (isInSheet ? queue.waiting : 0);
    if (total === 0) {
      return nothing;
    }
    const now = Date.now();
    return html`
      <section aria-labelledby="title">
        <header>
          <h2 id="title">${l10n.t("Jobs")} <span class="number">${formatNumber(total)}</span></h2>
          ${
            isInSheet
              ? nothing
              : html`<div class="all">${repeat(
                  waitAllActions(panelState),
                  ({ icon }) => icon,
                  (one) => actionButton(one),
                )}</div>`
          }
        </header>
        <ul>
          ${repeat(
            jobs,
            ({ id }) => id,
            (job) => jobRow(job, now, panelState),
          )}
        </ul>
        ${moreNote(queue.total - all.length)}
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
