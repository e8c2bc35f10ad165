import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Snapshot } from "../../protocol.ts";
import { announce } from "../announce.ts";
import { ignoreSecondClick } from "../doubleClick.ts";
import { onPress } from "../press.ts";
import { endings } from "./endings.ts";
import { jobRow, stopAll, withdrawUnsent } from "./row.ts";
import { isInQueue, isUnsent, isWaitedFor } from "./standing.ts";
import { jobsStyle } from "./style.ts";
import { Ticking } from "./ticking.ts";

/** The queue: jobs that are not at their end, and those with trouble, newest first. Shows nothing where there are none. */
export class LimnJobs extends LitElement {
  static override readonly styles = jobsStyle;
  static override readonly properties = { snapshot: { attribute: false } };

  declare snapshot: Snapshot | undefined;

  constructor() {
    super();
    ignoreSecondClick(this);
    new Ticking(this, () => this.snapshot?.jobs.some(isWaitedFor) ?? false);
  }

  #forget: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = onPress(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("snapshot");
    if (before !== undefined && this.snapshot !== undefined) {
      const words = endings(before.jobs, this.snapshot.jobs);
      if (words.length > 0) {
        announce(words.join(" "));
      }
    }
  }

  /** A job that begins comes into view, unless somebody is at the pictures: in a low side bar it would begin out of sight. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("snapshot");
    const root = this.getRootNode();
    if (before === undefined || !(root instanceof ShadowRoot) || root.activeElement?.localName === "limn-sheet") {
      return;
    }
    const known = new Set(before.jobs.map(({ id }) => id));
    if (this.snapshot?.jobs.some((job) => isWaitedFor(job) && !known.has(job.id))) {
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
    const waiting = jobs.filter(isWaitedFor).length;
    const unsent = jobs.filter(isUnsent).length;
    const now = Date.now();
    return html`
      <section aria-labelledby="title">
        <header>
          <h2 id="title">Jobs <span class="number">${jobs.length}</span></h2>
          ${
            waiting > 1
              ? html`<div class="all">${unsent > 0 ? withdrawUnsent(unsent) : nothing} ${stopAll(waiting)}</div>`
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

customElements.define("limn-jobs", LimnJobs);

declare global {
  interface HTMLElementTagNameMap {
    "limn-jobs": LimnJobs;
  }
}
