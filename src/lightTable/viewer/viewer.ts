import * as l10n from "@vscode/l10n";
import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing } from "lit";
import { formatSize } from "../../core/models/size.ts";
import type { LoadedPicture } from "./loadedPicture.ts";
import "./stage.ts";
import { toolbar } from "./toolbar.ts";
import { commandForKey } from "./viewCommand.ts";
import { viewerStyle } from "./viewerStyle.ts";
import { boxOf } from "./viewport.ts";
import type { ViewSettings } from "./viewSettings.ts";

const modeNames = { slider: l10n.t("Slider"), side: l10n.t("Side by side") } as const satisfies Record<
  ViewSettings["mode"],
  string
>;

/** Callbacks of the viewer. */
export interface ViewerListener {
  onSettings(changes: Partial<ViewSettings>): void;
  announce(text: string): void;
}

/** One picture, or two that are compared, with the toolbar and a note on their sizes. */
export class Viewer extends LitElement {
  static override readonly properties = {
    left: { attribute: false },
    right: { attribute: false },
    settings: { attribute: false },
    overlay: { attribute: false },
    peeking: { state: true },
    percent: { state: true },
  };
  static override readonly styles = viewerStyle;
  declare left: LoadedPicture;
  /** The picture that the left one is compared with. */
  declare right: LoadedPicture | undefined;
  declare settings: ViewSettings;
  /** See `Stage`. */
  declare overlay: unknown;
  declare listener: ViewerListener;
  /** Whether Space is held, which shows the pictures the other way round. */
  declare peeking: boolean;
  /** The zoom in percent. */
  declare percent: number;
  #hasZoomed = false;

  constructor() {
    super();
    this.peeking = false;
    this.percent = 100;
  }

  override connectedCallback(): void {
    super.connectedCallback();
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
    return this.right !== undefined && this.settings.flipped !== this.peeking;
  }

  #setMode(mode: ViewSettings["mode"]): void {
    this.listener.onSettings({ mode });
    this.listener.announce(modeNames[mode]);
  }

  #flip(): void {
    const flipped = !this.settings.flipped;
    this.listener.onSettings({ flipped });
    this.#announceSides(flipped !== this.peeking);
  }

  #peek(peeking: boolean): void {
    if (peeking !== this.peeking) {
      this.peeking = peeking;
      this.#announceSides(this.#flipped);
    }
  }

  #announceSides(flipped: boolean): void {
    const { left, right } = this;
    const [first, second] = flipped ? [right, left] : [left, right];
    this.listener.announce(l10n.t("Left: {0}. Right: {1}.", first?.label ?? "", second?.label ?? ""));
  }

  readonly #onKeyup = ({ key }: KeyboardEvent): void => {
    if (key === " ") {
      this.#peek(false);
    }
  };

  /** The page gets no `keyup` of a key that is released while another window has the focus. */
  readonly #onBlur = (): void => this.#peek(false);

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const command = commandForKey(event, this.right !== undefined);
    if (command === undefined) {
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
    this.listener.onSettings(changes);
  }

  /** Announces the zoom if the user has zoomed, not if the tab has been resized. */
  #onScale(): void {
    this.percent = Math.round((this.#stage?.scale ?? 1) * 100);
    if (this.#hasZoomed) {
      this.#hasZoomed = false;
      this.listener.announce(l10n.t("Zoom {0} %", this.percent));
    }
  }

  protected override render() {
    const { left, right } = this;
    // A slider needs two pictures.
    const hasBoth = left.size !== undefined && right?.size !== undefined;
    const settings: ViewSettings = hasBoth ? this.settings : { ...this.settings, mode: "side" };
    return html`
      ${toolbar({
        settings,
        percent: this.percent,
        isPair: right !== undefined,
        onMode: (mode) => this.#setMode(mode),
        onCommand: (command) => this.#stage?.runCommand(command),
        onFlip: () => this.#flip(),
      })}
      <limn-stage .left=${left} .right=${right} .settings=${settings} .flipped=${this.#flipped} .overlay=${this.overlay}
        @limn-settings=${({ detail }: CustomEvent<Partial<ViewSettings>>) => this.#onSettings(detail)}
        @limn-scale=${this.#onScale}></limn-stage>
      ${right === undefined ? nothing : sizeNote(left, right)}
    `;
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

customElements.define("limn-viewer", Viewer);

declare global {
  interface HTMLElementTagNameMap {
    "limn-viewer": Viewer;
  }
}
