import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Snapshot } from "../../protocol.ts";
import { announce } from "../shared/announce.ts";
import { ignoreSecondClicks } from "../shared/doubleClick.ts";
import { onPress } from "../shared/press.ts";
import { endAnnouncements } from "./endAnnouncements.ts";
import { jobRow, stopAllButton, withdrawUnsentButton } from "./jobRow.ts";
import { isInQueue, isUnsent, isWaitedFor } from "./jobStatus.ts";
import { jobsStyle } from "./jobsStyle.ts";
import { RedrawTimer } from "./redrawTimer.ts";

/**
 * The queue: jobs that are not at their end, and those with trouble, newest first. Shows nothing
 * where there are none.
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
   * A job that begins comes into view, unless somebody is at the pictures: in a low side bar it
   * would begin out of sight.
   */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("snapshot");
    const root = this.getRootNode();
    if (before === undefined || !(root instanceof ShadowRoot) || root.activeElement?.localName === "limn-sheet") {
      return;
    }
    const previousIds = new Set(before.jobs.map(({ id }) => id));
    if (this.snapshot?.jobs.some((job) => isWaitedFor(job) && !previousIds.has(job.id))) {
      // In the next frame its buttons and icons have their size.
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
          <h2 id="title">Jobs <span class="number">${jobs.length}</span></h2>
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

customElements.define("limn-jobs", JobList);

declare global {
  interface HTMLElementTagNameMap {
    "limn-jobs": JobList;
  }
}
