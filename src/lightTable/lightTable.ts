import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import { html, LitElement, nothing } from "lit";
import type { LightTableMessage, TableJob, TablePicture } from "../protocol.ts";
import { announce } from "../webview/announce.ts";
import { UndoKeys } from "../webview/undoKeys.ts";
import { onLightTableMessage, postLightTable, readState, saveState } from "../webview/vscodeApi.ts";
import type { CropMode } from "./crop/cropMode.ts";
import { describePicture, filmstrip } from "./filmstrip.ts";
import { describeChange } from "./pictureChange.ts";
import { PictureLoader, type ShownPictures } from "./shownPictures.ts";
import { type ActionTarget, actionProblem, isOffered, type TableAction, tableActions } from "./tableActions.ts";
import { neighbourOf, nextIndex, nextUndiscarded } from "./tableKeys.ts";
import { actionBar, pictureNotes, undoOffer } from "./tableParts.ts";
import { tableStyle } from "./tableStyle.ts";
import "./viewer/viewer.ts";
import type { ViewerListener } from "./viewer/viewer.ts";
import { defaultViewSettings, parseViewSettings, type ViewSettings } from "./viewer/viewSettings.ts";

/**
 * The page of the light table: a large picture with its actions and a filmstrip, or two pictures.
 */
export class LightTable extends LitElement {
  static override readonly properties = {
    table: { state: true },
    shownId: { state: true },
    pictures: { state: true },
    settings: { state: true },
    crop: { state: true },
  };
  static override readonly styles = tableStyle;
  declare table: LightTableMessage | undefined;
  /** Id of the picture that the user looks at. */
  declare shownId: string | undefined;
  declare pictures: ShownPictures | undefined;
  declare settings: ViewSettings;
  /** Set while the user moves the crop of the shown picture. */
  declare crop: CropMode | undefined;
  readonly #loader = new PictureLoader((pictures) => {
    this.pictures = pictures;
  });
  readonly #listener: ViewerListener = {
    onSettings: (changes) => this.#updateSettings(changes),
    announce,
  };
  /**
   * Pictures that were discarded here and not restored since, the last one at the end. The host may
   * not have confirmed the last ones yet: keys can be faster than its messages.
   */
  readonly #discards = new Set<string>();
  /** Pictures with an action of this page whose result was not announced yet. */
  readonly #acted = new Set<string>();
  #showNumber = 0;
  /** The element that has the focus before an update, which may remove it. */
  #focused: Element | null = null;

  constructor() {
    super();
    this.settings = parseViewSettings(readState());
    new UndoKeys(this, () => this.#undoDiscard());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    onLightTableMessage((table) => this.#receive(table));
    window.addEventListener("keydown", this.#onKeydown);
    postLightTable({ type: "ready" });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKeydown);
  }

  get #shown(): TablePicture | undefined {
    return this.table?.job?.pictures.find(({ id }) => id === this.shownId);
  }

  get #target(): ActionTarget | undefined {
    const { table } = this;
    const picture = this.#shown;
    return table?.job === undefined || picture === undefined
      ? undefined
      : { job: table.job, picture, isComparing: table.comparison !== undefined };
  }

  /** The pictures of the shown job that were discarded here, the last one at the end. */
  get #discarded(): TablePicture[] {
    return [...this.#discards].flatMap((id) => this.table?.job?.pictures.find((picture) => picture.id === id) ?? []);
  }

  #receive(table: LightTableMessage): void {
    const before = this.table?.job;
    const shownBefore = this.#shown;
    const { job } = table;
    this.table = table;
    if (job !== undefined && (job.showNumber !== this.#showNumber || this.#shown === undefined)) {
      if (this.#showNumber !== 0 && table.comparison === undefined) {
        this.#updateSettings({ view: defaultViewSettings.view });
      }
      this.#showNumber = job.showNumber;
      this.shownId = job.pictures.find(({ id }) => id === job.shown)?.id ?? neighbourOf(before, job, shownBefore)?.id;
      this.#announceIfGone(job, shownBefore);
    }
    for (const now of job?.pictures ?? []) {
      const earlier = before?.pictures.find(({ id }) => id === now.id);
      if (earlier?.isDiscarded === true && !now.isDiscarded) {
        this.#discards.delete(now.id);
      }
      const change = describeChange(earlier, now);
      if (change !== undefined && this.#acted.delete(now.id)) {
        announce(change);
      }
    }
    this.#saveState();
    this.#load();
  }

  /** Says that the picture that the user looked at was deleted, and follows with the title. */
  #announceIfGone(job: TableJob, before: TablePicture | undefined): void {
    const shown = this.#shown;
    if (shown !== undefined && shown.id !== job.shown) {
      postLightTable({ type: "show", job: job.id, picture: shown.id });
      if (before !== undefined) {
        announce(l10n.t("{0} is not in Limn's vault any more. Shown now: {1}", before.label, shown.label));
      }
    }
  }

  #load(): void {
    const { table } = this;
    const shown = this.#shown;
    if (table?.comparison !== undefined) {
      this.#loader.compare(table.comparison);
    } else if (table?.job !== undefined && shown !== undefined) {
      this.#loader.show(table.job, shown);
    }
  }

  #updateSettings(changes: Partial<ViewSettings>): void {
    this.settings = { ...this.settings, ...changes };
    this.#saveState();
  }

  #saveState(): void {
    const job = this.table?.job?.id;
    const shown = job === undefined || this.shownId === undefined ? undefined : { job, picture: this.shownId };
    saveState({ ...this.settings, shown });
  }

  #show(picture: string | undefined): void {
    const job = this.table?.job?.id;
    if (job === undefined || picture === undefined || picture === this.shownId) {
      return;
    }
    this.shownId = picture;
    this.#saveState();
    this.#load();
    postLightTable({ type: "show", job, picture });
    const shown = this.#shown;
    announce(shown === undefined ? "" : describePicture(shown));
    void this.updateComplete.then(() => this.#followSelection());
  }

  /** Scrolls to the tile of the shown picture, and moves the focus to it if another tile has it. */
  #followSelection(): void {
    const tile = this.renderRoot.querySelector<HTMLElement>('.tile[aria-selected="true"]');
    tile?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (this.shadowRoot?.activeElement?.classList.contains("tile") === true) {
      tile?.focus();
    }
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
    if (ctrlKey || metaKey || altKey) {
      return;
    }
    const target = this.#target;
    if (key === "Escape" && !repeat) {
      this.#leave();
    } else if (target !== undefined) {
      const index = target.isComparing || shiftKey ? undefined : nextIndex(key, target);
      const action = tableActions.find((one) => one.key === key.toUpperCase() && isOffered(one, target));
      if (index !== undefined) {
        event.preventDefault();
        this.#show(target.job.pictures[index]?.id);
      } else if (action !== undefined && !repeat) {
        this.#run(action);
      }
    }
  };

  #leave(): void {
    const { comparison, job } = this.table ?? {};
    const isBack = comparison !== undefined && !comparison.isDirect && job !== undefined;
    postLightTable(isBack ? { type: "stopComparing" } : { type: "close" });
  }

  readonly #run = (action: TableAction): void => {
    const target = this.#target;
    if (target === undefined) {
      return;
    }
    const problem = actionProblem(action, target);
    if (problem !== undefined) {
      announce(problem);
      return;
    }
    const { job, picture } = target;
    this.#acted.add(picture.id);
    action.run({ job: job.id, picture: picture.id }, target);
    if (action.id === "crop") {
      void this.#startCropping(picture.id);
    }
    if (action.id === "discard" && !picture.isDiscarded) {
      this.#discards.delete(picture.id);
      this.#discards.add(picture.id);
      this.#show(nextUndiscarded(target, this.#discards));
    }
  };

  async #startCropping(id: string): Promise<void> {
    const { CropMode } = await import("./crop/cropMode.ts");
    if (this.#target?.picture.id === id && this.crop === undefined) {
      this.crop = new CropMode({
        target: () => this.#target,
        changed: () => this.requestUpdate(),
        ended: () => {
          this.crop = undefined;
          void this.updateComplete.then(() =>
            this.renderRoot.querySelector<HTMLElement>('[data-action="crop"]')?.focus(),
          );
        },
      });
    }
  }

  #undoDiscard(): void {
    const job = this.table?.job?.id;
    const discarded = this.#discarded.at(-1);
    if (job !== undefined && discarded !== undefined) {
      this.#discards.delete(discarded.id);
      this.#acted.add(discarded.id);
      this.requestUpdate();
      postLightTable({ type: "restore", job, picture: discarded.id });
      this.#show(discarded.id);
    }
  }

  #openKept(index: number): void {
    const target = this.#target;
    if (target !== undefined) {
      postLightTable({ type: "openKept", job: target.job.id, picture: target.picture.id, index });
    }
  }

  protected override willUpdate(): void {
    this.crop?.check();
    this.#focused = this.shadowRoot?.activeElement ?? null;
  }

  /** Keeps the focus in the page when what had it is gone, such as Undo after the last one. */
  protected override updated(): void {
    if (this.#focused?.isConnected === false) {
      const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
      (find('.tile[aria-selected="true"]') ?? find('[data-action="compare"]'))?.focus();
    }
  }

  protected override render() {
    const [left, right] = this.pictures ?? [];
    if (left === undefined) {
      return nothing;
    }
    return html`<main>
      <h1>${right === undefined ? left.label : l10n.t("Compare Pictures")}</h1>
      <limn-viewer .left=${left} .right=${right} .settings=${this.settings} .listener=${this.#listener} .overlay=${this.crop?.frame()}></limn-viewer>
      ${this.#details()}
    </main>`;
  }

  #details() {
    const target = this.#target;
    if (target === undefined) {
      return nothing;
    }
    const { job, picture, isComparing } = target;
    return html`
      <div class="details">
        ${undoOffer(
          this.#discarded.findLast(({ isDiscarded }) => isDiscarded),
          () => this.#undoDiscard(),
        )} ${pictureNotes(picture, (index) => this.#openKept(index))}
        ${this.crop?.bar() ?? actionBar(target, this.#run)}
        ${isComparing ? nothing : filmstrip(job, picture, (id) => this.#show(id))}
      </div>
    `;
  }
}

customElements.define("limn-light-table", LightTable);

declare global {
  interface HTMLElementTagNameMap {
    "limn-light-table": LightTable;
  }
}
