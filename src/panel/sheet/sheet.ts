import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { Intent, Snapshot } from "../../protocol.ts";
import { announce } from "../announce.ts";
import { post } from "../bridge.ts";
import { ignoreSecondClick } from "../doubleClick.ts";
import { draft, hasTypedPrompt, onDraft } from "../draft.ts";
import { type ActionId, actions } from "./actions.ts";
import { Bars } from "./bars.ts";
import { type Filter, type Found, type Group, isSame, pass, search, tally } from "./found.ts";
import "./grid.ts";
import type { GridEvents } from "./grid.ts";
import { onGridKey } from "./gridKeys.ts";
import "./keys.ts";
import "./menu.ts";
import { copyMenu, pictureMenu } from "./menus.ts";
import { Outcomes } from "./outcomes.ts";
import { empty, foot, head } from "./parts.ts";
import { SheetFocus } from "./sheetFocus.ts";
import { settings, strip, undoing } from "./strip.ts";
import { sheetStyle } from "./style.ts";
import { UndoKeys } from "./undoKeys.ts";
import { type Offered, UndoOffer } from "./undoOffer.ts";

/** The contact sheet: every picture of the vault, and all that can be done with one. */
export class LimnSheet extends LitElement {
  static override readonly styles = sheetStyle;
  static override readonly properties = {
    snapshot: { attribute: false },
    text: { state: true },
    filter: { state: true },
    active: { state: true },
    marked: { state: true },
    viewing: { state: true },
    offered: { state: true },
  };

  declare snapshot: Snapshot | undefined;
  declare text: string;
  declare filter: Filter;
  declare active: Found | undefined;
  /** The picture that others are compared with. */
  declare marked: Found | undefined;
  /** Whether the settings of the selected picture are shown. */
  declare viewing: boolean;
  /** The discarded picture that is offered back. */
  declare offered: Offered | undefined;

  #groups: readonly Group[] = [];
  #tiles: readonly Found[] = [];
  #tally = tally([]);
  readonly #focus = new SheetFocus(this);
  readonly #outcomes = new Outcomes();
  readonly #offer = new UndoOffer();
  #unhear?: () => void;
  readonly #listener: GridEvents = {
    pick: (found) => this.#pick(found),
    open: (found) => this.#on(found, "open"),
    menu: (found, x, y) => this.#openMenu(found, x, y),
  };

  constructor() {
    super();
    this.text = "";
    this.filter = "all";
    this.viewing = false;
    new Bars(this, { "--above": ".bar", "--below": ".strip" });
    ignoreSecondClick(this);
    new UndoKeys(this, () => this.offered !== undefined && this.#undo());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What is said of the typed prompt has to be true when the button below it is pressed.
    this.#unhear = onDraft(() => this.viewing && this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unhear?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const jobs = this.snapshot?.jobs ?? [];
    if (changed.has("snapshot")) {
      this.#hear();
    }
    if (!changed.has("snapshot") && !changed.has("text") && !changed.has("filter")) {
      return;
    }
    const at = this.#tiles.findIndex((found) => isSame(found, this.active));
    const matching = search(jobs, this.text);
    this.#tally = tally(matching);
    this.#groups = pass(matching, this.filter);
    this.#tiles = this.#groups.flatMap(({ found }) => found);
    // Where the selected picture went away, the next one takes its place: so one goes through a sheet with X and K alone.
    const next = changed.has("snapshot") && at >= 0 ? this.#tiles[Math.min(at, this.#tiles.length - 1)] : undefined;
    const active = this.#tiles.find((found) => isSame(found, this.active)) ?? next;
    this.viewing &&= isSame(active, this.active);
    this.active = active;
    this.marked = this.#tiles.find((found) => isSame(found, this.marked));
  }

  protected override updated(changed: PropertyValues<this>): void {
    // With the last picture the grid goes, and the focus with it.
    const isNew = changed.has("offered") && this.offered !== undefined && changed.get("snapshot") !== undefined;
    if (isNew && this.#tiles.length === 0) {
      this.#focus.soon(".undo-discard");
    }
  }

  protected override render() {
    const { snapshot } = this;
    if (snapshot === undefined) {
      return nothing;
    }
    const any = this.#tally.all + this.#tally.discarded > 0 || this.text !== "";
    return html`
      <section aria-labelledby="title">
        ${any ? this.#bar() : html`<h2 id="title">Pictures</h2>`}
        ${this.#tiles.length > 0 ? this.#grid(snapshot.thumbnails) : empty(snapshot, any, this.#tally, this.#show)}
        ${this.#strip()} ${any || snapshot.vaultBytes > 0 ? foot(snapshot.vaultBytes) : nothing}
        <limn-menu></limn-menu>
        <limn-keys></limn-keys>
      </section>
    `;
  }

  #bar() {
    return head(this.text, this.filter, this.#tally, {
      text: (text) => {
        this.text = text;
      },
      filter: (filter) => {
        this.filter = filter;
      },
      keys: () => this.#showKeys(),
      leave: () => this.#focus.grid(),
    });
  }

  #grid(folder: string) {
    return html`<limn-grid
      .groups=${this.#groups}
      .folder=${folder}
      .active=${this.active}
      .marked=${this.marked}
      .listener=${this.#listener}
      @keydown=${this.#onKey}
    ></limn-grid>`;
  }

  #strip() {
    const { active, offered } = this;
    if (active === undefined && offered === undefined) {
      return nothing;
    }
    return html`<div class="strip" @keydown=${({ key }: KeyboardEvent) => key === "Escape" && this.#leaveSettings()}>
      ${offered === undefined ? nothing : undoing(offered, () => this.#undo())}
      ${
        active === undefined
          ? nothing
          : this.viewing
            ? settings(
                active,
                this.#overTyped(active),
                () => this.#reuse(active),
                () => this.#leaveSettings(),
              )
            : strip(active, this.marked, (id, at) => this.#on(active, id, at))
      }
    </div>`;
  }

  #pick(found: Found): void {
    this.viewing &&= isSame(found, this.active);
    this.active = found;
  }

  /** Does it, or says why not. */
  #on(found: Found, id: ActionId, at?: Element): void {
    const action = actions.find((one) => one.id === id);
    if (action === undefined) {
      return;
    }
    const intent = action.intent?.(found, this.marked);
    if (action.intent !== undefined && intent === undefined) {
      announce("There is nothing to compare it with yet. Press M on another picture to mark it first.");
      return;
    }
    if (id !== "discard") {
      this.#endOffer();
    }
    if (id === "copy") {
      this.#openCopyMenu(found, at ?? this);
      return;
    }
    if (id === "mark") {
      this.marked = isSame(found, this.marked) ? undefined : found;
      announce(this.marked === undefined ? `Picture ${found.number} is not marked any more` : action.said(found));
      return;
    }
    announce(action.said(found));
    if (id === "reuse") {
      [this.active, this.viewing] = [found, true];
      this.#focus.soon(".use");
    } else if (intent !== undefined) {
      post(intent);
      this.#outcomes.ask(id, found);
    }
  }

  /** Says what came of what was asked for. */
  #hear(): void {
    const said = this.#outcomes.hear(this.snapshot?.jobs ?? []);
    this.offered = this.snapshot && this.#offer.of(this.snapshot);
    if (said.length > 0) {
      announce(said.join(". "));
    }
  }

  #overTyped({ job }: Found): boolean {
    return hasTypedPrompt() && draft().prompt !== job.prompt;
  }

  #reuse(found: Found): void {
    post({ type: "reuse", job: found.job.id });
    this.#leaveSettings();
  }

  #leaveSettings(): void {
    this.viewing = false;
    this.#focus.grid();
  }

  #undo(): void {
    this.#endOffer();
    post({ type: "undoDiscard" });
    announce("Bringing the discarded picture back");
    this.#focus.grid();
  }

  #endOffer(): void {
    this.#offer.pass(this.offered);
    this.offered = undefined;
  }

  readonly #copy = (intent: Intent, name: string): void => {
    this.#endOffer();
    post(intent);
    announce(name.replace("Copy", "Copying"));
  };

  #openMenu(found: Found, x: number, y: number): void {
    this.#pick(found);
    const items = pictureMenu(found, this.marked, (id) => this.#on(found, id), this.#copy);
    void this.renderRoot.querySelector("limn-menu")?.open(`Picture ${found.number}`, items, x, y);
  }

  #openCopyMenu(found: Found, at: Element): void {
    const { left, top } = at.getBoundingClientRect();
    void this.renderRoot.querySelector("limn-menu")?.open("Copy", copyMenu(found, this.#copy), left, top);
  }

  #showKeys(): void {
    this.renderRoot.querySelector("limn-keys")?.open();
  }

  readonly #show = (filter: Filter): void => {
    [this.text, this.filter] = ["", filter];
    this.#focus.grid();
  };

  #onKey(event: KeyboardEvent): void {
    onGridKey(event, {
      keys: () => this.#showKeys(),
      search: () => this.renderRoot.querySelector<HTMLElement>("vscode-textfield")?.focus(),
      found: this.active,
      act: (found, id) => this.#on(found, id),
    });
  }
}

customElements.define("limn-sheet", LimnSheet);

declare global {
  interface HTMLElementTagNameMap {
    "limn-sheet": LimnSheet;
  }
}
