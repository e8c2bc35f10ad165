import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ReferenceView, Snapshot } from "../../../protocol.ts";
import { formatBytes } from "../../jobs/format.ts";
import { announce } from "../../shared/announce.ts";
import { post } from "../../shared/vscodeApi.ts";
import { formStyle } from "../formStyle.ts";
import { referencesStyle } from "./referencesStyle.ts";

/** Type under which a reference is dragged within the strip. */
const dragType = "application/x-limn-reference";

/** What is known of a reference: pixels and bytes of a file. */
const referenceFacts = ({ file }: ReferenceView, separator = ", "): string =>
  file === undefined
    ? "Runware gets it by itself"
    : `${file.width} × ${file.height}${separator}${formatBytes(file.bytes)}`;

/**
 * The reference images in sending order: a strip to reorder by drag or by Alt+Arrow, and what of
 * them leaves the machine.
 */
export class References extends LitElement {
  static override properties = {
    snapshot: { attribute: false },
    dropping: { type: Boolean },
    selected: { state: true },
    dropIndex: { state: true },
  };
  static override styles = [formStyle, referencesStyle];
  declare snapshot: Snapshot;
  /** Whether something is being dragged over the form that can be dropped here. */
  declare dropping: boolean;
  declare selected: string | undefined;
  /** Where a dragged reference would go. */
  declare dropIndex: number | undefined;
  #dragged: string | undefined;
  /** The reference to put the focus on once the host has moved or removed one. */
  #focusNext: number | undefined;
  #previousIds: readonly string[] | undefined;

  constructor() {
    super();
    this.dropping = false;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(".thumb, .add")?.focus();
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
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

  /** Says how many there are now, and what was moved where, once the host has done it. */
  #announceChange(): void {
    const ids = this.#references.map(({ id }) => id);
    const before = this.#previousIds;
    this.#previousIds = ids;
    if (before === undefined || before.join() === ids.join()) {
      return;
    }
    const moved = before.length === ids.length ? this.#focusNext : undefined;
    const movedText = moved === undefined ? "" : `Moved to place ${moved + 1}. `;
    announce(`${movedText}${ids.length} ${ids.length === 1 ? "reference" : "references"}.`);
  }

  get #references(): readonly ReferenceView[] {
    return this.snapshot.draft.references;
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

  #keydown(event: KeyboardEvent, reference: ReferenceView, index: number): void {
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
    // VS Code hears what reaches the window, and Alt+Arrow is Go Back and Go Forward to it.
    event.stopPropagation();
  }

  #dragstart({ dataTransfer }: DragEvent, { id }: ReferenceView): void {
    this.#dragged = id;
    dataTransfer?.setData(dragType, id);
    if (dataTransfer !== null) {
      dataTransfer.effectAllowed = "move";
    }
  }

  #dragover(event: DragEvent, index: number): void {
    if (this.#dragged !== undefined && event.currentTarget instanceof HTMLElement) {
      event.preventDefault();
      const { left, width } = event.currentTarget.getBoundingClientRect();
      this.dropIndex = event.clientX < left + width / 2 ? index : index + 1;
    }
  }

  #drop(event: DragEvent): void {
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
    this.#dragend();
  }

  #dragend(): void {
    this.#dragged = undefined;
    this.dropIndex = undefined;
  }

  #item(reference: ReferenceView, index: number) {
    const { id, label, file } = reference;
    const isSelected = id === this.selected;
    const dropClass =
      this.dropIndex === index
        ? "before"
        : this.dropIndex === index + 1 && index === this.#references.length - 1
          ? "after"
          : "";
    return html`<li class=${dropClass} @dragover=${(event: DragEvent) => this.#dragover(event, index)}>
      <button
        type="button"
        class="thumb"
        draggable="true"
        aria-pressed=${isSelected ? "true" : "false"}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete"
        aria-label=${`Reference ${index + 1} of ${this.#references.length}: ${label}, ${referenceFacts(reference)}`}
        title=${file === undefined ? `${label}: ${referenceFacts(reference)}` : label}
        @click=${() => {
          this.selected = isSelected ? undefined : id;
        }}
        @keydown=${(event: KeyboardEvent) => this.#keydown(event, reference, index)}
        @dragstart=${(event: DragEvent) => this.#dragstart(event, reference)}
        @dragend=${this.#dragend}
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
        aria-label=${`Remove reference ${index + 1}`}
        title="Remove (Delete)"
        @click=${() => this.#remove(reference, index)}
      >
        <vscode-icon name="close" size="14"></vscode-icon>
      </button>
    </li>`;
  }

  /** What is selected, in words, with the moves as buttons. */
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
      ${button("arrow-left", "Move earlier", () => this.#move(reference, index - 1), index === 0)}
      ${button("arrow-right", "Move later", () => this.#move(reference, index + 1), index === this.#references.length - 1)}
      ${button("trash", "Remove", () => this.#remove(reference, index))}
    </div>`;
  }

  override render() {
    const { draft, model } = this.snapshot;
    const isFull = this.#references.length >= model.references.max;
    return html`
      <div class="label">
        References
        ${
          isFull
            ? nothing
            : html`<button type="button" class="link remote" @click=${() => post({ type: "addRemoteReference" })}>
                Add by Address or UUID…
              </button>`
        }
      </div>
      <ul class=${this.dropping ? "dropping" : ""} aria-label="Reference images, in sending order" @drop=${this.#drop}>
        ${repeat(
          this.#references,
          ({ id }) => id,
          (reference, at) => this.#item(reference, at),
        )}
        ${
          isFull
            ? nothing
            : html`<li class=${this.#references.length === 0 ? "alone" : ""}>
              <button
                type="button"
                class="add"
                aria-label=${this.#references.length === 0 ? nothing : "Add pictures"}
                title="Add reference images. Hold Shift while dropping from the explorer"
                @click=${() => post({ type: "addReferences" })}
              >
                <vscode-icon name="add"></vscode-icon>
                ${this.#references.length === 0 ? html`<span>${this.dropping ? "Drop here" : "Add, drop or paste pictures"}</span>` : nothing}
              </button>
            </li>`
        }
      </ul>
      ${this.#detail()}
      ${draft.referenceNote === "" ? nothing : html`<p class="note" dir="auto">${draft.referenceNote}</p>`}
    `;
  }
}

customElements.define("limn-references", References);
