import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing } from "lit";
import { compareStyle, pageStyle } from "./compareStyle.ts";
import { formatSize, type LoadedPicture, loadPicture } from "./loadedPicture.ts";
import { commandForKey } from "./viewCommand.ts";
import { parseViewSettings, type ViewSettings } from "./viewSettings.ts";
import { onComparison, readState, saveState } from "./vscodeApi.ts";
import "./stage.ts";
import { toolbar } from "./toolbar.ts";
import { boxOf } from "./viewport.ts";

const modeNames = { slider: "Slider", side: "Side by side" } as const satisfies Record<ViewSettings["mode"], string>;

/** The page of a compare tab: tools above, the pictures, and what should be known of them below. */
export class Compare extends LitElement {
  static override properties = {
    pictures: { state: true },
    settings: { state: true },
    peeking: { state: true },
    percent: { state: true },
    announcement: { state: true },
  };
  static override styles = compareStyle;
  declare pictures: readonly [LoadedPicture, LoadedPicture] | undefined;
  declare settings: ViewSettings;
  /** Whether Space is held, which shows the pictures the other way round. */
  declare peeking: boolean;
  /** The zoom as shown. */
  declare percent: number;
  /** The last thing told to people who listen to the page. */
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
      // Never rejects: what went wrong with a picture is told in its place.
      void Promise.all([loadPicture(left), loadPicture(right)]).then((pictures) => {
        this.pictures = pictures;
      });
    });
    window.addEventListener("keydown", (event) => this.#onKeydown(event));
    window.addEventListener("keyup", ({ key }) => key === " " && this.#peek(false));
    // A key that is let go elsewhere is not heard of here.
    window.addEventListener("blur", () => this.#peek(false));
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
    this.announcement = `Left: ${first?.label}. Right: ${second?.label}.`;
  }

  #onKeydown(event: KeyboardEvent): void {
    const command = commandForKey(event);
    if (command === undefined || this.pictures === undefined) {
      return;
    }
    // Space and arrows would scroll the page.
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
  }

  #onSettings(changes: Partial<ViewSettings>): void {
    this.#hasZoomed = changes.view !== undefined && changes.view.scale !== this.settings.view.scale;
    this.#updateSettings(changes);
  }

  /** Told when a person has zoomed, not when the tab has another size. */
  #onScale(): void {
    this.percent = Math.round((this.#stage?.scale ?? 1) * 100);
    if (this.#hasZoomed) {
      this.#hasZoomed = false;
      this.announcement = `Zoom ${this.percent} %`;
    }
  }

  override render() {
    if (this.pictures === undefined) {
      return nothing;
    }
    const [left, right] = this.pictures;
    // A slider needs two pictures.
    const settings: ViewSettings = left.size && right.size ? this.settings : { ...this.settings, mode: "side" };
    return html`<main>
      <h1>Compare Pictures</h1>
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
      <div class="said" role="status" aria-live="polite">${this.announcement}</div>
    </main>`;
  }
}

/** Says that one of the pictures is not shown in its own size beside the other. */
function sizeNote({ size: one }: LoadedPicture, { size: other }: LoadedPicture) {
  if (one === undefined || other === undefined || (one.width === other.width && one.height === other.height)) {
    return nothing;
  }
  const box = formatSize(boxOf(one, other));
  return html`
    <p class="note">
      <vscode-icon name="info"></vscode-icon>
      <span>The pictures differ in size: both are scaled to fit ${box}.</span>
    </p>
  `;
}

if (pageStyle.styleSheet !== undefined) {
  document.adoptedStyleSheets.push(pageStyle.styleSheet);
}
customElements.define("limn-compare", Compare);
