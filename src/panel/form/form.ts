import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { RequestField } from "../../core/request/requestFields.ts";
import type { DraftFields, EngineView, Snapshot } from "../../protocol.ts";
import { announce } from "../../webview/announce.ts";
import {
  applyDraftUpdate,
  areSettingsOpen,
  canUndoUpdate,
  draft,
  onDraftChange,
  setSettingsOpen,
  undoUpdate,
} from "../draft.ts";
import { buy, isPressed, onPress } from "../shared/press.ts";
import "./generateButton.ts";
import { estimateCost } from "../../core/money/price.ts";
import { groupOf } from "../shared/formFields.ts";
import { completeDraft } from "./completeDraft.ts";
import { draftModel, modelChangeNote } from "./draftModel.ts";
import { findDraftProblem } from "./draftProblem.ts";
import { canDrop, sendDroppedData, sendPastedImage } from "./dropAndPaste.ts";
import { FirstPaint } from "./firstPaint.ts";
import { focusField } from "./focusField.ts";
import { followDefaults } from "./followDefaults.ts";
import { formLayout } from "./formLayout.ts";
import { type Completeness, ReservedHeights } from "./reservedHeights.ts";
import "./fields/promptField.ts";
import "./fields/references.ts";
import { formStyle } from "../shared/formStyle.ts";
import { errorAt } from "./formError.ts";
import { settingsFields } from "./settingsFields.ts";
import { settingsSummary } from "./settingsSummary.ts";
import { whenFocused } from "./whenFocused.ts";

/** The parts of the form that are in the settings. */
const settingsGroups: ReadonlySet<string> = new Set(["shape", "output", "path", "more"]);

/** The form: the request, its price, and the button. */
export class Form extends LitElement {
  static override readonly properties = {
    snapshot: { attribute: false },
    dropping: { state: true },
  };
  declare snapshot: Snapshot;
  declare dropping: boolean;
  readonly #firstPaint = new FirstPaint(this);
  #unsubscribers: readonly (() => void)[] = [];
  #shownError: string | undefined;
  /** Whether an update of the draft has named the field that gets the focus. */
  #isFocusGiven = false;

  static override readonly styles = [formStyle, formLayout];

  constructor() {
    super();
    this.dropping = false;
    new ReservedHeights(this, () => this.#completeness());
  }

  /** What depends on the references waits for them; the host answers with the path's preview. */
  #completeness(): Completeness {
    const { draft: draftView } = this.snapshot;
    const areReferencesKnown = draftView.unreadReferences === undefined;
    return {
      references: areReferencesKnown,
      for: this.#draft().exportTarget === undefined || draftView.targetPreview !== undefined,
      shape: areReferencesKnown,
      path: draftView.savePathPreview !== undefined,
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const update = () => this.requestUpdate();
    this.#unsubscribers = [onDraftChange(update), onPress(update)];
    document.addEventListener("paste", sendPastedImage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const unsubscribe of this.#unsubscribers) {
      unsubscribe();
    }
    document.removeEventListener("paste", sendPastedImage);
  }

  /** Applies an update of the draft before the form is drawn with the old one. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("snapshot")) {
      return;
    }
    const { draftUpdate } = this.snapshot;
    // A page that continues a draft was not filled in; it takes the focus as any page that opens.
    if (draftUpdate !== undefined && applyDraftUpdate(draftUpdate) && draftUpdate.changedAt === undefined) {
      announce(
        canUndoUpdate()
          ? l10n.t("The form is filled in. Your text was replaced; Undo is below the prompt.")
          : l10n.t("The form is filled in."),
      );
      this.#isFocusGiven = true;
      void this.focusField(draftUpdate.focus ?? "prompt");
    }
    const before = changed.get("snapshot")?.draft.defaults;
    if (JSON.stringify(before) !== JSON.stringify(this.snapshot.draft.defaults)) {
      followDefaults(this.snapshot);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("snapshot")) {
      const { lastError } = this.snapshot;
      const serialized = lastError === undefined ? undefined : JSON.stringify(lastError);
      // An error from before the page was hidden must not take the focus out of the editor when the
      // page is shown again.
      if (serialized !== undefined && serialized !== this.#shownError && changed.get("snapshot") !== undefined) {
        void this.focusField(lastError?.field);
      }
      this.#shownError = serialized;
      // After opening the panel, the user can type at once.
      if (changed.get("snapshot") === undefined && !this.#isFocusGiven) {
        whenFocused(() => void this.focusField("prompt"));
      }
    }
  }

  /**
   * Puts the focus on a field, named as the host names it. Waits until all parts are drawn: a field
   * that loses the focus with its old text reports that text as a change, which would undo an
   * update of the draft.
   */
  async focusField(field: RequestField | undefined): Promise<void> {
    if (settingsGroups.has(groupOf(field))) {
      this.#firstPaint.end();
    }
    await new Promise((resolve) => setTimeout(resolve));
    focusField(this.renderRoot, field);
  }

  #onDragover(event: DragEvent): void {
    if (canDrop(event.dataTransfer)) {
      event.preventDefault();
      this.dropping = true;
    }
  }

  #onDragleave(event: DragEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node && this.contains(to)) && to !== this) {
      this.dropping = false;
    }
  }

  #onDrop(event: DragEvent): void {
    this.dropping = false;
    if (sendDroppedData(event.dataTransfer)) {
      event.preventDefault();
    }
  }

  /** The draft as it is sent. */
  #draft(): DraftFields {
    return completeDraft(this.snapshot, draft());
  }

  #onSubmit({ detail: choice }: CustomEvent<EngineView["kind"] | null>): void {
    const fields = this.#draft();
    const problem = findDraftProblem(this.#draftSnapshot(), fields, fields.shape, draft().shape);
    if (problem !== undefined) {
      announce(problem.reason);
      // The engine is no field of the form.
      void this.focusField(problem.field === "engine" ? undefined : problem.field);
      return;
    }
    if (choice !== null) {
      // The button of the choice goes, and the next text is typed here.
      focusField(this.renderRoot, "prompt");
    }
    // What shows the choice must not buy without it, even if there is a key now.
    const engine = choice ?? (this.snapshot.engine.isReady ? undefined : "ask");
    if (buy({ type: "generate", draft: fields, ...(engine && { engine }) }, this.snapshot)) {
      this.#shownError = undefined;
    }
  }

  /** The snapshot with the draft's own model, which all parts of the form go by. */
  #draftSnapshot(): Snapshot {
    return { ...this.snapshot, model: draftModel(this.snapshot, draft()) };
  }

  /** Offers to restore the text that an update has replaced, until the user types again. */
  #undoLine() {
    return canUndoUpdate()
      ? html`<p class="note" data-note="undo">
          ${l10n.t("Your text was replaced.")}
          <button type="button" class="link" @click=${this.#undoUpdate}>${l10n.t("Undo")}</button>
        </p>`
      : nothing;
  }

  readonly #undoUpdate = (): void => {
    undoUpdate();
    announce(l10n.t("Your text is back."));
    void this.focusField("prompt");
  };

  /** One line on the model, unless it is that of the settings, and on what its choice changed. */
  #modelLine({ model }: Snapshot) {
    const note = modelChangeNote();
    const isDefault = model.id === this.snapshot.model.id;
    return isDefault && note === ""
      ? nothing
      : html`<p class="note" data-note="model">
          ${isDefault ? nothing : html`${l10n.t("Model: {0}.", model.name)} `}${note}
          ${
            isDefault
              ? nothing
              : html`<button type="button" class="link" @click=${() => this.focusField("model")}>
                  ${l10n.t("Change Model")}
                </button>`
          }
        </p>`;
  }

  /** Whether the settings are open: as the user left them, or because one of them has an error. */
  #areSettingsOpen(): boolean {
    const { lastError } = this.snapshot;
    const hasError = lastError !== undefined && settingsGroups.has(groupOf(lastError.field));
    return areSettingsOpen() || hasError;
  }

  /** Everything but prompt and references: one line that opens. What it hides is drawn later. */
  #settings(snapshot: Snapshot, fields: DraftFields) {
    const summary = settingsSummary(snapshot, fields, draft().shape);
    return html`<details
      ?open=${this.#areSettingsOpen()}
      @toggle=${({ target }: Event) => target instanceof HTMLDetailsElement && setSettingsOpen(target.open)}
    >
      <summary aria-label=${l10n.t("Settings: {0}", summary)}>
        <vscode-icon name="chevron-right"></vscode-icon><span dir="auto">${summary}</span>
      </summary>
      ${this.#areSettingsOpen() || this.#firstPaint.isOver ? settingsFields(snapshot, fields) : nothing}
    </details>`;
  }

  protected override render() {
    const snapshot = this.#draftSnapshot();
    const fields = this.#draft();
    const { count = 1, shape } = fields;
    return html`<form
      aria-label=${l10n.t("New pictures")}
      @submit=${(event: Event) => event.preventDefault()}
      @limn-submit=${this.#onSubmit}
      @dragover=${this.#onDragover}
      @dragleave=${this.#onDragleave}
      @drop=${this.#onDrop}
    >
      <div class="fields">
        <div>
          <limn-prompt-field data-group="prompt" .snapshot=${snapshot} .draft=${fields}></limn-prompt-field>
          ${this.#undoLine()} ${errorAt(snapshot, "prompt")}
        </div>
        <div>
          <limn-references data-group="references" .snapshot=${snapshot} .dropping=${this.dropping}></limn-references>
          ${errorAt(snapshot, "references")}
        </div>
        ${this.#modelLine(snapshot)} ${this.#settings(snapshot, fields)}
      </div>
      <limn-generate-button
        .engine=${snapshot.engine}
        .count=${count}
        .price=${shape === undefined ? undefined : estimateCost(snapshot.model, shape, count)}
        .problem=${findDraftProblem(snapshot, fields, shape, draft().shape)}
        .isSending=${isPressed({}, snapshot)}
      ></limn-generate-button>
      ${errorAt(snapshot, "")}
    </form>`;
  }
}

customElements.define("limn-form", Form);

declare global {
  interface HTMLElementTagNameMap {
    "limn-form": Form;
  }
}
