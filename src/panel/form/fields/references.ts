import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatSize } from "../../../core/models/size.ts";
import { formatBytes } from "../../../core/text/byteSize.ts";
import { joinSentences } from "../../../core/text/sentences.ts";
import type { ReferenceView, Snapshot } from "../../../protocol.ts";
import { announce } from "../../../webview/announce.ts";
import { post } from "../../../webview/vscodeApi.ts";
import { formStyle } from "../../shared/formStyle.ts";
import { referenceLimitText } from "./referenceLimit.ts";
import { referencesStyle } from "./referencesStyle.ts";

/** Drag type of a reference within the strip. */
const dragType = "application/x-limn-reference";

/** Pixels and bytes of a reference. */
const referenceFacts = ({ file }: ReferenceView, separator = ", "): string =>
  file === undefined
    ? l10n.t("the service downloads it itself")
    : `${formatSize(file)}${separator}${formatBytes(file.bytes)}`;

/**
 * The reference images in sending order: a strip to reorder by drag or by Alt+Arrow, and a note on
 * what leaves the machine.
 */
export class References extends LitElement {
  static override readonly properties = {
    snapshot: { attribute: false },
    dropping: { type: Boolean },
    selected: { state: true },
    dropIndex: { state: true },
  };
  static override readonly styles = [formStyle, referencesStyle];
  declare snapshot: Snapshot;
  /** Whether something that can be dropped is dragged over the form. */
  declare dropping: boolean;
  declare selected: string | undefined;
  /** Index at which the dragged reference would be inserted. */
  declare dropIndex: number | undefined;
  #dragged: string | undefined;
  /** Index of the reference to focus once the host has moved or removed one. */
  #focusNext: number | undefined;
  #previousIds: readonly string[] | undefined;

  constructor() {
    super();
    this.dropping = false;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(".thumb, .add")?.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("snapshot")) {
      this.#announceChange();
    }
    if (changed.has("snapshot") && this.#focusNext !== undefined) {
      const thumbs = this.renderRoot.querySelectorAll<HTMLElement>(".thumb");
      const next = thumbs[Math.min(this.#focusNext, thumbs.length - 1)];
      this.#focusNext = undefined;
      if (next === undefined) {
        this.focus();
      } else {
        next.focus();
      }
    }
  }

  /**
   * Announces the number of references and the new place of a moved one, once the host has done it.
   */
  #announceChange(): void {
    if (this.#unreadCount > 0) {
      return;
    }
    const ids = this.#references.map(({ id }) => id);
    const before = this.#previousIds;
    this.#previousIds = ids;
    if (before === undefined || before.join() === ids.join()) {
      return;
    }
    const moved = before.length === ids.length ? this.#focusNext : undefined;
    const countText = ids.length === 1 ? l10n.t("1 reference.") : l10n.t("{0} references.", ids.length);
    announce(moved === undefined ? countText : joinSentences(l10n.t("Moved to place {0}.", moved + 1), countText));
  }

  get #references(): readonly ReferenceView[] {
    return this.snapshot.draft.references;
  }

  get #unreadCount(): number {
    return this.snapshot.draft.unreadReferences ?? 0;
  }

  #move({ id }: ReferenceView, to: number): void {
    if (to >= 0 && to < this.#references.length) {
      this.#focusNext = to;
      post({ type: "moveReference", id, to });
    }
  }

  #remove({ id }: ReferenceView, index: number): void {
    this.#focusNext = index;
    post({ type: "removeReference", id });
  }

  #onKeydown(event: KeyboardEvent, reference: ReferenceView, index: number): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined && event.altKey) {
      this.#move(reference, index + step);
    } else if (step !== undefined) {
      this.renderRoot.querySelectorAll<HTMLElement>(".thumb")[index + step]?.focus();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.#remove(reference, index);
    } else {
      return;
    }
    event.preventDefault();
    // VS Code would answer Alt+Arrow with Go Back and Go Forward.
    event.stopPropagation();
  }

  #onDragstart({ dataTransfer }: DragEvent, { id }: ReferenceView): void {
    this.#dragged = id;
    dataTransfer?.setData(dragType, id);
    if (dataTransfer !== null) {
      dataTransfer.effectAllowed = "move";
    }
  }

  #onDragover(event: DragEvent, index: number): void {
    if (this.#dragged !== undefined && event.currentTarget instanceof HTMLElement) {
      event.preventDefault();
      const { left, width } = event.currentTarget.getBoundingClientRect();
      this.dropIndex = event.clientX < left + width / 2 ? index : index + 1;
    }
  }

  #onDrop(event: DragEvent): void {
    const from = this.#references.findIndex(({ id }) => id === this.#dragged);
    const reference = this.#references[from];
    if (reference !== undefined && this.dropIndex !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const to = this.dropIndex > from ? this.dropIndex - 1 : this.dropIndex;
      if (to !== from) {
        this.#move(reference, to);
      }
    }
    this.#onDragend();
  }

  #onDragend(): void {
    this.#dragged = undefined;
    this.dropIndex = undefined;
  }

  #item(reference: ReferenceView, index: number) {
    const { id, label, file } = reference;
    const { name, references } = this.snapshot.model;
    const isUnusable = index >= references.max;
    const facts = isUnusable
      ? l10n.t("{0}; {1} cannot use it", referenceFacts(reference), name)
      : referenceFacts(reference);
    const isSelected = id === this.selected;
    const dropClass =
      this.dropIndex === index
        ? "before"
        : this.dropIndex === index + 1 && index === this.#references.length - 1
          ? "after"
          : "";
    return html`<li class=${dropClass} @dragover=${(event: DragEvent) => this.#onDragover(event, index)}>
      <button
        type="button"
        class="thumb"
        ?data-unusable=${isUnusable}
        draggable="true"
        aria-pressed=${isSelected ? "true" : "false"}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete"
        aria-label=${l10n.t("Reference {0} of {1}: {2}, {3}", index + 1, this.#references.length, label, facts)}
        title=${file === undefined || isUnusable ? l10n.t("{0}: {1}", label, facts) : label}
        @click=${() => {
          this.selected = isSelected ? undefined : id;
        }}
        @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, reference, index)}
        @dragstart=${(event: DragEvent) => this.#onDragstart(event, reference)}
        @dragend=${this.#onDragend}
      >
        ${
          file === undefined
            ? html`<vscode-icon name="globe" size="24"></vscode-icon>`
            : html`<img src=${file.thumbnail} alt="" draggable="false" />`
        }
        <span class="number" aria-hidden="true">${index + 1}</span>
      </button>
      <button
        type="button"
        class="remove"
        tabindex="-1"
        aria-label=${l10n.t("Remove reference {0}", index + 1)}
        title=${l10n.t("Remove (Delete)")}
        @click=${() => this.#remove(reference, index)}
      >
        <vscode-icon name="close" size="14"></vscode-icon>
      </button>
    </li>`;
  }

  /** The selected reference, with buttons to move and remove it. */
  #detail() {
    const index = this.#references.findIndex(({ id }) => id === this.selected);
    const reference = this.#references[index];
    if (reference === undefined) {
      return nothing;
    }
    const { label } = reference;
    const button = (icon: string, name: string, onClick: () => void, isHidden = false) => html`<vscode-toolbar-button
      icon=${icon}
      label=${name}
      title=${name}
      ?hidden=${isHidden}
      @click=${onClick}
    ></vscode-toolbar-button>`;
    return html`<div class="detail">
      <p><bdi>${label}</bdi> · ${referenceFacts(reference, " · ")}</p>
      ${button("arrow-left", l10n.t("Move earlier"), () => this.#move(reference, index - 1), index === 0)}
      ${button("arrow-right", l10n.t("Move later"), () => this.#move(reference, index + 1), index === this.#references.length - 1)}
      ${button("trash", l10n.t("Remove"), () => this.#remove(reference, index))}
    </div>`;
  }

  protected override render() {
    const { draft, model } = this.snapshot;
    const limitText = referenceLimitText(model, this.#references.length);
    const count = this.#references.length + this.#unreadCount;
    const isFull = count >= model.references.max;
    const isEmpty = count === 0;
    const remoteButton = isFull
      ? nothing
      : html`<button type="button" class="link remote" @click=${() => post({ type: "addRemoteReference" })}>
          ${isEmpty ? l10n.t("By Address or UUID…") : l10n.t("Add by Address or UUID…")}
        </button>`;
    return html`
      ${isEmpty ? nothing : html`<div class="label">${l10n.t("References")} ${remoteButton}</div>`}
      <ul class=${this.dropping ? "dropping" : ""} aria-busy=${this.#unreadCount > 0 ? "true" : nothing} aria-label=${l10n.t("Reference images, in sending order")} @drop=${this.#onDrop}>
        ${repeat(
          this.#references,
          ({ id }) => id,
          (reference, at) => this.#item(reference, at),
        )}
        ${Array.from({ length: this.#unreadCount }, () => html`<li class="unread"></li>`)}
        ${
          isFull
            ? nothing
            : html`<li class=${isEmpty ? "alone" : ""}>
              <button
                type="button"
                class="add"
                aria-label=${isEmpty ? nothing : l10n.t("Add pictures")}
                title=${l10n.t("Add, drop or paste reference images. Hold Shift while dropping from the explorer")}
                @click=${() => post({ type: "addReferences" })}
              >
                <vscode-icon name="add"></vscode-icon>
                ${isEmpty ? html`<span>${this.dropping ? l10n.t("Drop here") : l10n.t("Add References…")}</span>` : nothing}
              </button>
            </li>`
        }
        ${isEmpty ? html`<li class="beside">${remoteButton}</li>` : nothing}
      </ul>
      ${isEmpty ? html`<p class="note drop">${l10n.t("Drop or paste images here. From the Explorer, hold Shift.")}</p>` : nothing}
      ${this.#detail()}
      ${draft.referenceNote === "" ? nothing : html`<p class="note" dir="auto">${draft.referenceNote}</p>`}
      ${limitText === undefined ? nothing : html`<p class="note error" data-note="reference-limit">${limitText}</p>`}
      ${
        limitText === undefined && this.#references.length > model.references.guaranteed
          ? html`<p class="note warning" data-note="reference-count">
              ${l10n.t("The service does not say how many reference images {0} accepts: more than {1} may be refused.", model.name, model.references.guaranteed)}
            </p>`
          : nothing
      }
    `;
  }
}

customElements.define("limn-references", References);

declare global {
  interface HTMLElementTagNameMap {
    "limn-references": References;
  }
}
