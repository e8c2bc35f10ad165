import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing } from "lit";
import { formatSize } from "../core/models/size.ts";
import { onComparison, post, readState, saveState } from "../webview/vscodeApi.ts";
import { compareStyle } from "./compareStyle.ts";
import { type LoadedPicture, loadPicture } from "./loadedPicture.ts";
import { commandForKey } from "./viewCommand.ts";
import { parseViewSettings, type ViewSettings } from "./viewSettings.ts";
import "./stage.ts";
import { toolbar } from "./toolbar.ts";
import { boxOf } from "./viewport.ts";

const modeNames = { slider: l10n.t("Slider"), side: l10n.t("Side by side") } as const satisfies Record<
  ViewSettings["mode"],
  string
>;

/** The page of a compare tab: the toolbar, the pictures, and a note on their sizes. */
export class Compare extends LitElement {
  static override readonly properties = {
    pictures: { state: true },
    settings: { state: true },
    peeking: { state: true },
    percent: { state: true },
    announcement: { state: true },
  };
  static override readonly styles = compareStyle;
  declare pictures: readonly [LoadedPicture, LoadedPicture] | undefined;
  declare settings: ViewSettings;
  /** Whether Space is held, which shows the pictures the other way round. */
  declare peeking: boolean;
  /** The zoom in percent. */
  declare percent: number;
  /** Text of the live region. */
  declare announcement: string;
  #hasZoomed = false;

  constructor() {
    super();
    this.settings = parseViewSettings(readState());
    this.peeking = false;
    this.percent = 100;
    this.announcement = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    onComparison(({ left, right }) => {
      // Never rejects: a picture that cannot be loaded has a `problem`.
      void Promise.all([loadPicture(left), loadPicture(right)]).then((pictures) => {
        this.pictures = pictures;
      });
    });
    post({ type: "ready" });
    window.addEventListener("keydown", this.#onKeydown);
    window.addEventListener("keyup", this.#onKeyup);
    window.addEventListener("blur", this.#onBlur);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKeydown);
    window.removeEventListener("keyup", this.#onKeyup);
    window.removeEventListener("blur", this.#onBlur);
  }

  get #stage() {
    return this.renderRoot.querySelector("limn-stage");
  }

  get #flipped(): boolean {
    return this.settings.flipped !== this.peeking;
  }

  #updateSettings(changes: Partial<ViewSettings>): void {
    this.settings = { ...this.settings, ...changes };
    saveState(this.settings);
  }

  #setMode(mode: ViewSettings["mode"]): void {
    this.#updateSettings({ mode });
    this.announcement = modeNames[mode];
  }

  #flip(): void {
    this.#updateSettings({ flipped: !this.settings.flipped });
    this.#announceSides();
  }

  #peek(peeking: boolean): void {
    if (peeking !== this.peeking) {
      this.peeking = peeking;
      this.#announceSides();
    }
  }

  #announceSides(): void {
    const [left, right] = this.pictures ?? [];
    const [first, second] = this.#flipped ? [right, left] : [left, right];
    this.announcement = l10n.t("Left: {0}. Right: {1}.", first?.label ?? "", second?.label ?? "");
  }

  readonly #onKeyup = ({ key }: KeyboardEvent): void => {
    if (key === " ") {
      this.#peek(false);
    }
  };

  /** The page gets no `keyup` of a key that is released while another window has the focus. */
  readonly #onBlur = (): void => this.#peek(false);

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const command = commandForKey(event);
    if (command === undefined || this.pictures === undefined) {
      return;
    }
    // Space and the arrow keys would scroll the page.
    event.preventDefault();
    if (command.kind === "mode") {
      this.#setMode(command.mode);
    } else if (command.kind === "flip") {
      this.#flip();
    } else if (command.kind === "peek") {
      this.#peek(true);
    } else {
      this.#stage?.runCommand(command);
    }
  };

  #onSettings(changes: Partial<ViewSettings>): void {
    this.#hasZoomed = changes.view !== undefined && changes.view.scale !== this.settings.view.scale;
    this.#updateSettings(changes);
  }

  /** Announces the zoom if the user has zoomed, not if the tab has been resized. */
  #onScale(): void {
    this.percent = Math.round((this.#stage?.scale ?? 1) * 100);
    if (this.#hasZoomed) {
      this.#hasZoomed = false;
      this.announcement = l10n.t("Zoom {0} %", this.percent);
    }
  }

  protected override render() {
    if (this.pictures === undefined) {
      return nothing;
    }
    const [left, right] = this.pictures;
    // A slider needs two pictures.
    const settings: ViewSettings = left.size && right.size ? this.settings : { ...this.settings, mode: "side" };
    return html`<main>
      <h1>${l10n.t("Compare Pictures")}</h1>
      ${toolbar({
        settings,
        percent: this.percent,
        onMode: (mode) => this.#setMode(mode),
        onCommand: (command) => this.#stage?.runCommand(command),
        onFlip: () => this.#flip(),
      })}
      <limn-stage .left=${left} .right=${right} .settings=${settings} .flipped=${this.#flipped}
        @limn-settings=${({ detail }: CustomEvent<Partial<ViewSettings>>) => this.#onSettings(detail)}
        @limn-scale=${this.#onScale}></limn-stage>
      ${sizeNote(left, right)}
      <div class="announcer" role="status" aria-live="polite">${this.announcement}</div>
    </main>`;
  }
}

/** The note that the pictures differ in size. */
function sizeNote({ size: one }: LoadedPicture, { size: other }: LoadedPicture) {
  if (one === undefined || other === undefined || (one.width === other.width && one.height === other.height)) {
    return nothing;
  }
  const box = formatSize(boxOf(one, other));
  return html`
    <p class="note">
      <vscode-icon name="info"></vscode-icon>
      <span>${l10n.t("The pictures differ in size: both are scaled to fit {0}.", box)}</span>
    </p>
  `;
}

customElements.define("limn-compare", Compare);

declare global {
  interface HTMLElementTagNameMap {
    "limn-compare": Compare;
  }
}
