import "@vscode-elements/elements/dist/vscode-icon/index.js";
import "@vscode-elements/elements/dist/vscode-toolbar-button/index.js";
import { html, LitElement, nothing } from "lit";
import { keepState, onComparison, readState } from "./bridge.ts";
import { compareStyle, pageStyle } from "./compareStyle.ts";
import { wishOf } from "./keys.ts";
import { type Look, readLook } from "./look.ts";
import { formatSize, load, type Picture } from "./picture.ts";
import "./stage.ts";
import { toolbar } from "./toolbar.ts";
import { boxOf } from "./view.ts";

const modeNames = { slider: "Slider", side: "Side by side" } as const satisfies Record<Look["mode"], string>;

/** The page of a compare tab: tools above, the pictures, and what should be known of them below. */
export class Compare extends LitElement {
  static override properties = {
    pictures: { state: true },
    look: { state: true },
    peeking: { state: true },
    percent: { state: true },
    said: { state: true },
  };
  static override styles = compareStyle;
  declare pictures: readonly [Picture, Picture] | undefined;
  declare look: Look;
  /** Whether Space is held, which shows the pictures the other way round. */
  declare peeking: boolean;
  /** The zoom as shown. */
  declare percent: number;
  /** The last thing told to people who listen to the page. */
  declare said: string;
  #hasZoomed = false;

  constructor() {
    super();
    this.look = readLook(readState());
    this.peeking = false;
    this.percent = 100;
    this.said = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    onComparison(({ left, right }) => {
      // Never rejects: what went wrong with a picture is told in its place.
      void Promise.all([load(left), load(right)]).then((pictures) => {
        this.pictures = pictures;
      });
    });
    window.addEventListener("keydown", (event) => this.#press(event));
    window.addEventListener("keyup", ({ key }) => key === " " && this.#peek(false));
    // A key that is let go elsewhere is not heard of here.
    window.addEventListener("blur", () => this.#peek(false));
  }

  get #stage() {
    return this.renderRoot.querySelector("limn-stage");
  }

  get #flipped(): boolean {
    return this.look.flipped !== this.peeking;
  }

  #change(look: Partial<Look>): void {
    this.look = { ...this.look, ...look };
    keepState(this.look);
  }

  #setMode(mode: Look["mode"]): void {
    this.#change({ mode });
    this.said = modeNames[mode];
  }

  #flip(): void {
    this.#change({ flipped: !this.look.flipped });
    this.#saySides();
  }

  #peek(peeking: boolean): void {
    if (peeking !== this.peeking) {
      this.peeking = peeking;
      this.#saySides();
    }
  }

  #saySides(): void {
    const [left, right] = this.pictures ?? [];
    const [first, second] = this.#flipped ? [right, left] : [left, right];
    this.said = `Left: ${first?.label}. Right: ${second?.label}.`;
  }

  #press(event: KeyboardEvent): void {
    const wish = wishOf(event);
    if (wish === undefined || this.pictures === undefined) {
      return;
    }
    // Space and arrows would scroll the page.
    event.preventDefault();
    if (wish.do === "mode") {
      this.#setMode(wish.mode);
    } else if (wish.do === "flip") {
      this.#flip();
    } else if (wish.do === "peek") {
      this.#peek(true);
    } else {
      this.#stage?.act(wish);
    }
  }

  #follow(look: Partial<Look>): void {
    this.#hasZoomed = look.view !== undefined && look.view.scale !== this.look.view.scale;
    this.#change(look);
  }

  /** Told when a person has zoomed, not when the tab has another size. */
  #readScale(): void {
    this.percent = Math.round((this.#stage?.scale ?? 1) * 100);
    if (this.#hasZoomed) {
      this.#hasZoomed = false;
      this.said = `Zoom ${this.percent} %`;
    }
  }

  override render() {
    if (this.pictures === undefined) {
      return nothing;
    }
    const [left, right] = this.pictures;
    // A slider needs two pictures.
    const look: Look = left.size && right.size ? this.look : { ...this.look, mode: "side" };
    return html`<main>
      <h1>Compare Pictures</h1>
      ${toolbar({
        look,
        percent: this.percent,
        setMode: (mode) => this.#setMode(mode),
        act: (wish) => this.#stage?.act(wish),
        flip: () => this.#flip(),
      })}
      <limn-stage .left=${left} .right=${right} .look=${look} .flipped=${this.#flipped}
        @limn-look=${({ detail }: CustomEvent<Partial<Look>>) => this.#follow(detail)}
        @limn-scale=${this.#readScale}></limn-stage>
      ${sizeNote(left, right)}
      <div class="said" role="status" aria-live="polite">${this.said}</div>
    </main>`;
  }
}

/** Says that one of the pictures is not shown in its own size beside the other. */
function sizeNote({ size: one }: Picture, { size: other }: Picture) {
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
