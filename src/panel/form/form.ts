import { css, html, LitElement, nothing } from "lit";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { draft, fillDraft, onDraftChange } from "../draft.ts";
import { announce } from "../shared/announce.ts";
import { buy, isPressed, onPress } from "../shared/press.ts";
import "./buy.ts";
import { canDrop, sendDroppedData, sendPastedImage } from "./dropAndPaste.ts";
import { focusField, groupOf } from "./fields.ts";
import { estimate } from "./money.ts";
import "./more.ts";
import { findDraftProblem } from "./draftProblem.ts";
import "./output.ts";
import "./fields/promptField.ts";
import "./fields/references.ts";
import { effectiveShape } from "./fields/shape.ts";
import "./fields/shapeField.ts";
import { formStyle } from "./formStyle.ts";
import "./fields/targetField.ts";
import "./trouble.ts";
import "./welcome.ts";

/**
 * The form: what a person asks for, what it costs, and the button. Without a key, how to get one.
 */
export class Form extends LitElement {
  static override properties = {
    snapshot: { attribute: false },
    dropping: { state: true },
  };
  declare snapshot: Snapshot;
  declare dropping: boolean;
  #unsubscribers: readonly (() => void)[] = [];
  #shownTrouble: string | undefined;

  static override styles = [
    formStyle,
    css`
      form {
        display: flex;
        flex-direction: column;
        gap: 14px;
        max-width: 720px;
        padding: 10px 12px 14px;
      }
    `,
  ];

  constructor() {
    super();
    this.dropping = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const update = () => this.requestUpdate();
    this.#unsubscribers = [onDraftChange(update), onPress(update)];
    document.addEventListener("paste", this.#onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const unsubscribe of this.#unsubscribers) {
      unsubscribe();
    }
    document.removeEventListener("paste", this.#onPaste);
  }

  /** Takes a fill before it is drawn, so that nobody sees the old draft for a moment. */
  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("snapshot")) {
      return;
    }
    const { draftUpdate: fill } = this.snapshot;
    if (fill !== undefined && fillDraft(fill)) {
      announce("The form is filled in.");
      void this.focusField(fill.focus ?? "prompt");
    }
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("snapshot")) {
      const { lastError: trouble } = this.snapshot;
      const serialized = trouble === undefined ? undefined : JSON.stringify(trouble);
      // A trouble that was there before the page was hidden does not pull the focus out of the
      // editor when it is shown again.
      if (serialized !== undefined && serialized !== this.#shownTrouble && changed.get("snapshot") !== undefined) {
        void this.focusField(trouble?.field ?? "");
      }
      this.#shownTrouble = serialized;
    }
  }

  /**
   * Puts the focus on a field, named as the host names it; without a key, on the way to get one.
   * Once all parts are drawn: a field that loses the focus with an old text still in it reports
   * that text as a change, and what was filled in would be gone.
   */
  async focusField(field: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    if (this.snapshot.engine.isReady) {
      await focusField(this.renderRoot, field);
    } else {
      this.renderRoot.querySelector("limn-welcome")?.focus();
    }
  }

  #onPaste = (event: ClipboardEvent): void => {
    if (this.snapshot.engine.isReady) {
      sendPastedImage(event);
    }
  };

  #dragover(event: DragEvent): void {
    if (canDrop(event.dataTransfer)) {
      event.preventDefault();
      this.dropping = true;
    }
  }

  #dragleave(event: DragEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node && this.contains(to)) && to !== this) {
      this.dropping = false;
    }
  }

  #drop(event: DragEvent): void {
    this.dropping = false;
    if (sendDroppedData(event.dataTransfer)) {
      event.preventDefault();
    }
  }

  /**
   * The draft as it is sent: with all that is shown, so that what a person sees is what is made.
   */
  #draft(): DraftFields {
    const { model, draft: draftView } = this.snapshot;
    const fields = draft();
    const shape = effectiveShape(model, fields, draftView);
    const { shape: _, ...rest } = fields;
    return { count: 1, ...draftView.defaults, ...rest, ...(shape === undefined ? {} : { shape }) };
  }

  #submit(): void {
    const fields = this.#draft();
    const problem = findDraftProblem(this.snapshot, fields, fields.shape);
    if (problem !== undefined) {
      announce(problem.reason);
      void this.focusField(problem.field);
    } else if (buy({ type: "generate", draft: fields }, this.snapshot)) {
      this.#shownTrouble = undefined;
    }
  }

  #troubleAt(group: string) {
    const { lastError: trouble } = this.snapshot;
    return trouble !== undefined && groupOf(trouble.field) === group
      ? html`<limn-trouble .message=${trouble.message} .remedy=${trouble.remedy}></limn-trouble>`
      : nothing;
  }

  #fields() {
    const { snapshot } = this;
    const fields = this.#draft();
    const { count = 1, shape } = fields;
    return html`<form
      aria-label="New pictures"
      @submit=${(event: Event) => event.preventDefault()}
      @limn-submit=${this.#submit}
      @dragover=${this.#dragover}
      @dragleave=${this.#dragleave}
      @drop=${this.#drop}
    >
      <div>
        <limn-prompt-field data-group="prompt" .snapshot=${snapshot} .draft=${fields}></limn-prompt-field>
        ${this.#troubleAt("prompt")}
      </div>
      <div>
        <limn-references data-group="references" .snapshot=${snapshot} .dropping=${this.dropping}></limn-references>
        ${this.#troubleAt("references")}
      </div>
      <div>
        <limn-shape-field data-group="shape" .snapshot=${snapshot} .draft=${draft()}></limn-shape-field>
        ${this.#troubleAt("shape")}
      </div>
      <div>
        <limn-output data-group="output" .snapshot=${snapshot} .draft=${fields}></limn-output>
        ${this.#troubleAt("output")}
      </div>
      <div>
        <limn-target-field data-group="path" .snapshot=${snapshot} .draft=${fields}></limn-target-field>
        ${this.#troubleAt("path")}
      </div>
      <div>
        <limn-more data-group="more" .snapshot=${snapshot} .draft=${fields}></limn-more>
        ${this.#troubleAt("more")}
      </div>
      <div>
        <limn-buy
          .engine=${snapshot.engine}
          .count=${count}
          .price=${shape === undefined ? undefined : estimate(snapshot.model, shape, count)}
          .problem=${findDraftProblem(snapshot, fields, shape)}
          .isSending=${isPressed({}, snapshot)}
        ></limn-buy>
        ${this.#troubleAt("")}
      </div>
    </form>`;
  }

  override render() {
    const { engine, model } = this.snapshot;
    return engine.isReady
      ? this.#fields()
      : html`<limn-welcome .model=${model.name}></limn-welcome>${this.#troubleAt("")}`;
  }
}

customElements.define("limn-form", Form);

declare global {
  interface HTMLElementTagNameMap {
    "limn-form": Form;
  }
}
