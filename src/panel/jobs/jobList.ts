import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { announce } from "../shared/announce.ts";
import { ignoreSecondClicks } from "../shared/doubleClick.ts";
import { formatNumber } from "../shared/format.ts";
import { isInQueue, isUnsent, isWaitedFor } from "../shared/jobState.ts";
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
    >${l10n.t("Withdraw {0} Unsent", formatNumber(unsentCount))}</vscode-button
  >
`;

/** The button that stops waiting for all jobs. */
const stopAllButton = (waitingCount: number): TemplateResult => html`
  <vscode-button
    secondary
    icon="debug-stop"
    title=${l10n.t("The requests go on and are billed all the same; check again later for their pictures.")}
    @click=${() => post({ type: "stopWaiting" })}
    >${l10n.t("Stop Waiting for All {0}", formatNumber(waitingCount))}</vscode-button
  >
`;

/**
 * The queue: jobs that have not ended, and those with a problem, newest first. Empty if there are
 * none.
 */
export class JobList extends LitElement {
  static override readonly styles = jobsStyle;
  static override readonly properties = { snapshot: { attribute: false } };

  declare snapshot: Snapshot | undefined;

  constructor() {
    super();
    ignoreSecondClicks(this);
    new RedrawTimer(this, () => this.snapshot?.jobs.some(isWaitedFor) ?? false);
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
    const before = changed.get("snapshot");
    if (before !== undefined && this.snapshot !== undefined) {
      const announcements = endAnnouncements(before.jobs, this.snapshot.jobs);
      if (announcements.length > 0) {
        announce(announcements.join(" "));
      }
    }
  }

  /**
   * Scrolls to a new job, which would be out of sight in a low side bar, unless the focus is on the
   * pictures.
   */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("snapshot");
    const root = this.getRootNode();
    if (before === undefined || !(root instanceof ShadowRoot) || root.activeElement?.localName === "limn-sheet") {
      return;
    }
    const previousIds = new Set(before.jobs.map(({ id }) => id));
    if (this.snapshot?.jobs.some((job) => isWaitedFor(job) && !previousIds.has(job.id))) {
      // Its buttons and icons have their size in the next frame.
      requestAnimationFrame(() => this.renderRoot.querySelector("li")?.scrollIntoView({ block: "nearest" }));
    }
  }

  protected override render() {
    const jobs = this.snapshot?.jobs.filter(isInQueue) ?? [];
    if (this.snapshot === undefined || jobs.length === 0) {
      return nothing;
    }
    const { snapshot } = this;
    const waitingCount = jobs.filter(isWaitedFor).length;
    const unsentCount = jobs.filter(isUnsent).length;
    const now = Date.now();
    return html`
      <section aria-labelledby="title">
        <header>
          <h2 id="title">${l10n.t("Jobs")} <span class="number">${jobs.length}</span></h2>
          ${
            waitingCount > 1
              ? html`<div class="all">${unsentCount > 0 ? withdrawUnsentButton(unsentCount) : nothing} ${stopAllButton(waitingCount)}</div>`
              : nothing
          }
        </header>
        <ul>
          ${repeat(
            jobs,
            ({ id }) => id,
            (job) => jobRow(job, now, snapshot),
          )}
        </ul>
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
