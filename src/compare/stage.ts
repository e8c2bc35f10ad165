import { html, LitElement, nothing } from "lit";
import { type DragHandler, drag } from "./drag.ts";
import { formatSize, type LoadedPicture } from "./loadedPicture.ts";
import { placePictures } from "./placePictures.ts";
import { stageStyle } from "./stageStyle.ts";
import type { ViewCommand } from "./viewCommand.ts";
import {
  boxOf,
  type Extent,
  isCropped,
  nextScale,
  type Placement,
  type Point,
  pan,
  placeBox,
  scaleOf,
  visiblePart,
  zoomTo,
} from "./viewport.ts";
import type { ViewSettings } from "./viewSettings.ts";

/**
 * CSS pixels that an arrow key moves the view, and share of the width that it moves the slider: a
 * step and a long one.
 */
const keySteps = { near: { view: 40, split: 0.02 }, far: { view: 200, split: 0.1 } };

const emptyExtent: Extent = { width: 1, height: 1 };
const clamp = (share: number): number => Math.min(Math.max(share, 0), 1);

/**
 * The two pictures, one over the other with a slider, or side by side. Says `limn-settings` with
 * what a person changes of the look.
 */
export class Stage extends LitElement {
  static override properties = {
    left: { attribute: false },
    right: { attribute: false },
    settings: { attribute: false },
    flipped: { type: Boolean },
  };
  static override styles = stageStyle;
  /** The pictures as they were given. */
  declare left: LoadedPicture;
  declare right: LoadedPicture;
  declare settings: ViewSettings;
  /** Whether they are shown the other way round. */
  declare flipped: boolean;
  readonly #resizeObserver = new ResizeObserver(() => this.#placePictures());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizeObserver.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizeObserver.disconnect();
  }

  override updated(): void {
    this.#placePictures();
  }

  /** CSS pixels per pixel of the larger picture, as shown now. */
  get scale(): number {
    return scaleOf(this.settings.view, this.#box, this.#pane);
  }

  /** Does what a key asks for, where it is about the pictures; says whether it was. */
  runCommand(command: ViewCommand): boolean {
    switch (command.kind) {
      case "zoom":
        this.zoom(nextScale(this.scale, command.direction));
        return true;
      case "fit":
        this.#dispatchSettings({ view: { scale: "fit", x: 0.5, y: 0.5 } });
        return true;
      case "real":
        this.zoom(1);
        return true;
      case "move":
        return this.#move(command.x, command.y, keySteps[command.far ? "far" : "near"]);
      case "end":
        this.#dispatchSettings({ split: command.split });
        return this.settings.mode === "slider";
      default:
        return false;
    }
  }

  /** Zooms to so many CSS pixels per pixel, holding what is at `point` of the pane. */
  zoom(scale: number, point?: Point): void {
    this.#dispatchSettings({ view: zoomTo(this.settings.view, scale, this.#box, this.#pane, point) });
  }

  get #box(): Extent {
    return boxOf(this.left.size ?? emptyExtent, this.right.size ?? emptyExtent);
  }

  /** Panes are of one size; the first stands for both. */
  get #pane(): Extent {
    const pane = this.renderRoot.querySelector(".pane");
    return { width: pane?.clientWidth ?? 1, height: pane?.clientHeight ?? 1 };
  }

  get #placement(): Placement {
    return placeBox(this.settings.view, this.#box, this.#pane);
  }

  get #isCropped(): boolean {
    return isCropped(this.settings.view, this.#box, this.#pane);
  }

  /** What is shown left and right. */
  get #ordered(): readonly [LoadedPicture, LoadedPicture] {
    return this.flipped ? [this.right, this.left] : [this.left, this.right];
  }

  #dispatchSettings(changes: Partial<ViewSettings>): void {
    this.dispatchEvent(new CustomEvent<Partial<ViewSettings>>("limn-settings", { detail: changes }));
  }

  /**
   * Arrow keys: the view where the pictures have the focus and are cut off, or there is no slider;
   * else the slider.
   */
  #move(x: number, y: number, { view, split }: (typeof keySteps)["near"]): boolean {
    const hasFocus = this.shadowRoot?.activeElement?.classList.contains("stage") === true;
    const isSlider = this.settings.mode === "slider" && x !== 0 && !(hasFocus && this.#isCropped);
    if (isSlider) {
      this.#dispatchSettings({ split: clamp(this.settings.split + x * split) });
    } else {
      this.#dispatchSettings({ view: pan(this.settings.view, { x: -x * view, y: -y * view }, this.#box, this.#pane) });
    }
    return isSlider || this.#isCropped;
  }

  #placePictures(): void {
    placePictures(this.renderRoot, {
      placement: this.#placement,
      pane: this.#pane,
      box: this.#box,
      scale: this.scale,
      isCropped: this.#isCropped,
      settings: this.settings,
      flipped: this.flipped,
      left: this.left,
      right: this.right,
    });
    this.dispatchEvent(new Event("limn-scale"));
  }

  /** What a press of the pointer takes hold of. */
  #dragHandlerAt(target: Element, at: Point): DragHandler | undefined {
    const isCropped = this.#isCropped;
    const onDivider = target.closest(".divider") !== null;
    if (onDivider || (this.settings.mode === "slider" && !isCropped)) {
      const { left, width } = visiblePart(this.#placement, this.#pane);
      const offset = onDivider ? left + this.settings.split * width - at.x : 0;
      const moveDivider = (x: number) => this.#dispatchSettings({ split: clamp((x + offset - left) / width) });
      if (!onDivider) {
        moveDivider(at.x);
      }
      return ({ x }) => moveDivider(x);
    }
    return isCropped
      ? (_, by) => this.#dispatchSettings({ view: pan(this.settings.view, by, this.#box, this.#pane) })
      : undefined;
  }

  #onPointerdown(event: PointerEvent): void {
    if (event.target instanceof Element) {
      const { target } = event;
      drag(event, (at) => this.#dragHandlerAt(target, at));
    }
  }

  #onWheel(event: WheelEvent): void {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(this.scale * 2 ** ((-event.deltaY * unit) / 200), pointIn(event));
    } else if (this.#isCropped) {
      event.preventDefault();
      const by = { x: -event.deltaX * unit, y: -event.deltaY * unit };
      this.#dispatchSettings({ view: pan(this.settings.view, by, this.#box, this.#pane) });
    }
  }

  #onDoubleClick(event: MouseEvent): void {
    if (this.settings.view.scale === "fit") {
      this.zoom(1, pointIn(event));
    } else {
      this.runCommand({ kind: "fit" });
    }
  }

  override render() {
    const [first, second] = this.#ordered;
    const columns = this.settings.mode === "slider" ? [[first, second]] : [[first], [second]];
    return html`
      <div class="stage ${this.settings.mode}" role="group" tabindex="0" aria-label="Pictures" aria-describedby="hint"
        @pointerdown=${this.#onPointerdown} @wheel=${this.#onWheel} @dblclick=${this.#onDoubleClick}>
        ${columns.map(
          (captions) => html`
            <div class="column">
              <div class="captions">${captions.map(caption)}</div>
              <div class="pane">
                ${captions.length === 1 && captions[0]?.size === undefined ? problemText(captions[0]) : this.#sheet()}
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
    const percent = Math.round(this.settings.split * 100);
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

const layer = (side: "left" | "right", { link, size, label }: LoadedPicture) =>
  link === undefined || size === undefined
    ? nothing
    : html`<div class="layer ${side}"><img src=${link} alt=${label} draggable="false" /></div>`;

/** A label that may be a path: the folder, and the rest. */
function caption({ label, size }: LoadedPicture) {
  const [folder = ""] = /^\S*\//.exec(label) ?? [];
  return html`
    <div class="caption">
      <span class="name" title=${label}><bdi class="folder">${folder}</bdi><bdi>${label.slice(folder.length)}</bdi></span>
      ${size === undefined ? nothing : html`<span class="size">${formatSize(size)}</span>`}
    </div>
  `;
}

const problemText = (picture: LoadedPicture | undefined) => html`
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
