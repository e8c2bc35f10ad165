import { html, LitElement, nothing } from "lit";
import { drag, type Grip } from "./drag.ts";
import type { Wish } from "./keys.ts";
import { layOut } from "./layOut.ts";
import type { Look } from "./look.ts";
import { formatSize, type Picture } from "./picture.ts";
import { stageStyle } from "./stageStyle.ts";
import {
  boxOf,
  type Extent,
  isCut,
  nextScale,
  type Placement,
  type Point,
  pan,
  place,
  scaleOf,
  seen,
  zoomTo,
} from "./view.ts";

/** CSS pixels that an arrow key moves the view, and share of the width that it moves the slider: a step and a long one. */
const strides = { near: { view: 40, split: 0.02 }, far: { view: 200, split: 0.1 } };

const nothingSeen: Extent = { width: 1, height: 1 };
const clamp = (share: number): number => Math.min(Math.max(share, 0), 1);

/** The two pictures, one over the other with a slider, or side by side. Says `limn-look` with what a person changes of the look. */
export class Stage extends LitElement {
  static override properties = {
    left: { attribute: false },
    right: { attribute: false },
    look: { attribute: false },
    flipped: { type: Boolean },
  };
  static override styles = stageStyle;
  /** The pictures as they were given. */
  declare left: Picture;
  declare right: Picture;
  declare look: Look;
  /** Whether they are shown the other way round. */
  declare flipped: boolean;
  readonly #resized = new ResizeObserver(() => this.#layOut());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override updated(): void {
    this.#layOut();
  }

  /** CSS pixels per pixel of the larger picture, as shown now. */
  get scale(): number {
    return scaleOf(this.look.view, this.#box, this.#pane);
  }

  /** Does what a key asks for, where it is about the pictures; says whether it was. */
  act(wish: Wish): boolean {
    switch (wish.do) {
      case "zoom":
        this.zoom(nextScale(this.scale, wish.direction));
        return true;
      case "fit":
        this.#change({ view: { scale: "fit", x: 0.5, y: 0.5 } });
        return true;
      case "real":
        this.zoom(1);
        return true;
      case "move":
        return this.#move(wish.x, wish.y, strides[wish.far ? "far" : "near"]);
      case "end":
        this.#change({ split: wish.split });
        return this.look.mode === "slider";
      default:
        return false;
    }
  }

  /** Zooms to so many CSS pixels per pixel, holding what is at `point` of the pane. */
  zoom(scale: number, point?: Point): void {
    this.#change({ view: zoomTo(this.look.view, scale, this.#box, this.#pane, point) });
  }

  get #box(): Extent {
    return boxOf(this.left.size ?? nothingSeen, this.right.size ?? nothingSeen);
  }

  /** Panes are of one size; the first stands for both. */
  get #pane(): Extent {
    const pane = this.renderRoot.querySelector(".pane");
    return { width: pane?.clientWidth ?? 1, height: pane?.clientHeight ?? 1 };
  }

  get #placement(): Placement {
    return place(this.look.view, this.#box, this.#pane);
  }

  get #isCut(): boolean {
    return isCut(this.look.view, this.#box, this.#pane);
  }

  /** What is shown left and right. */
  get #shown(): readonly [Picture, Picture] {
    return this.flipped ? [this.right, this.left] : [this.left, this.right];
  }

  #change(look: Partial<Look>): void {
    this.dispatchEvent(new CustomEvent<Partial<Look>>("limn-look", { detail: look }));
  }

  /** Arrow keys: the view where the pictures have the focus and are cut off, or there is no slider; else the slider. */
  #move(x: number, y: number, { view, split }: (typeof strides)["near"]): boolean {
    const hasFocus = this.shadowRoot?.activeElement?.classList.contains("stage") === true;
    const isSlider = this.look.mode === "slider" && x !== 0 && !(hasFocus && this.#isCut);
    if (isSlider) {
      this.#change({ split: clamp(this.look.split + x * split) });
    } else {
      this.#change({ view: pan(this.look.view, { x: -x * view, y: -y * view }, this.#box, this.#pane) });
    }
    return isSlider || this.#isCut;
  }

  #layOut(): void {
    layOut(this.renderRoot, {
      placement: this.#placement,
      pane: this.#pane,
      box: this.#box,
      scale: this.scale,
      isCut: this.#isCut,
      look: this.look,
      flipped: this.flipped,
      left: this.left,
      right: this.right,
    });
    this.dispatchEvent(new Event("limn-scale"));
  }

  /** What a press of the pointer takes hold of. */
  #gripAt(target: Element, at: Point): Grip | undefined {
    const cut = this.#isCut;
    const onDivider = target.closest(".divider") !== null;
    if (onDivider || (this.look.mode === "slider" && !cut)) {
      const { left, width } = seen(this.#placement, this.#pane);
      const offset = onDivider ? left + this.look.split * width - at.x : 0;
      const slide = (x: number) => this.#change({ split: clamp((x + offset - left) / width) });
      if (!onDivider) {
        slide(at.x);
      }
      return ({ x }) => slide(x);
    }
    return cut ? (_, by) => this.#change({ view: pan(this.look.view, by, this.#box, this.#pane) }) : undefined;
  }

  #press(event: PointerEvent): void {
    if (event.target instanceof Element) {
      const { target } = event;
      drag(event, (at) => this.#gripAt(target, at));
    }
  }

  #wheel(event: WheelEvent): void {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(this.scale * 2 ** ((-event.deltaY * unit) / 200), pointIn(event));
    } else if (this.#isCut) {
      event.preventDefault();
      const by = { x: -event.deltaX * unit, y: -event.deltaY * unit };
      this.#change({ view: pan(this.look.view, by, this.#box, this.#pane) });
    }
  }

  #doubleClick(event: MouseEvent): void {
    if (this.look.view.scale === "fit") {
      this.zoom(1, pointIn(event));
    } else {
      this.act({ do: "fit" });
    }
  }

  override render() {
    const [first, second] = this.#shown;
    const columns = this.look.mode === "slider" ? [[first, second]] : [[first], [second]];
    return html`
      <div class="stage ${this.look.mode}" role="group" tabindex="0" aria-label="Pictures" aria-describedby="hint"
        @pointerdown=${this.#press} @wheel=${this.#wheel} @dblclick=${this.#doubleClick}>
        ${columns.map(
          (captions) => html`
            <div class="column">
              <div class="captions">${captions.map(caption)}</div>
              <div class="pane">
                ${captions.length === 1 && captions[0]?.size === undefined ? problem(captions[0]) : this.#sheet()}
                ${captions.length === 2 ? this.#divider() : nothing}
              </div>
            </div>
          `,
        )}
        <p id="hint">Arrow keys move the pictures when they are zoomed in. Plus, minus and 0 zoom.</p>
      </div>
    `;
  }

  /** Both pictures lie in every pane, so that nothing has to be loaded when they change places. */
  #sheet() {
    return html`
      <div class="sheet">
        ${layer("left", this.left)} ${layer("right", this.right)}
      </div>
    `;
  }

  #divider() {
    const percent = Math.round(this.look.split * 100);
    return html`
      <div class="divider" role="slider" tabindex="0" aria-label="Divider between the pictures" aria-orientation="horizontal"
        aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent} aria-valuetext="${percent} % of the left picture">
        <span class="handle"><vscode-icon name="arrow-both"></vscode-icon></span>
      </div>
    `;
  }
}

/** Where the pointer is in the pane it is over. */
function pointIn({ target, clientX, clientY }: MouseEvent): Point | undefined {
  const area = target instanceof Element ? target.closest(".pane")?.getBoundingClientRect() : undefined;
  return area && { x: clientX - area.left, y: clientY - area.top };
}

const layer = (side: "left" | "right", { link, size, label }: Picture) =>
  link === undefined || size === undefined
    ? nothing
    : html`<div class="layer ${side}"><img src=${link} alt=${label} draggable="false" /></div>`;

/** A label that may be a path: the folder, and the rest. */
function caption({ label, size }: Picture) {
  const [folder = ""] = /^\S*\//.exec(label) ?? [];
  return html`
    <div class="caption">
      <span class="name" title=${label}><bdi class="folder">${folder}</bdi><bdi>${label.slice(folder.length)}</bdi></span>
      ${size === undefined ? nothing : html`<span class="size">${formatSize(size)}</span>`}
    </div>
  `;
}

const problem = (picture: Picture | undefined) => html`
  <p class="problem" role="alert">
    <vscode-icon name="warning"></vscode-icon>
    <span>${picture?.problem ?? "This picture is not there."}</span>
  </p>
`;

customElements.define("limn-stage", Stage);

declare global {
  interface HTMLElementTagNameMap {
    "limn-stage": Stage;
  }
}
