import * as l10n from "@vscode/l10n";
import { html, LitElement, nothing } from "lit";
import { formatSize } from "../../core/models/size.ts";
import { type DragHandler, drag } from "./drag.ts";
import type { LoadedPicture } from "./loadedPicture.ts";
import { placePictures } from "./placePictures.ts";
import { stageStyle } from "./stageStyle.ts";
import type { ViewCommand } from "./viewCommand.ts";
import {
  boxOf,
  clamp,
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
 * How far an arrow key moves the view (CSS pixels) and the divider (share of the width), without
 * and with Shift.
 */
const keySteps = { near: { view: 40, split: 0.02 }, far: { view: 200, split: 0.1 } };

const emptyExtent: Extent = { width: 1, height: 1 };

/**
 * One picture, or two: one over the other with a divider, or side by side. Fires `limn-settings`
 * with the settings that the user changes.
 */
export class Stage extends LitElement {
  static override readonly properties = {
    left: { attribute: false },
    right: { attribute: false },
    settings: { attribute: false },
    flipped: { type: Boolean },
    overlay: { attribute: false },
  };
  static override readonly styles = stageStyle;
  declare left: LoadedPicture;
  /** The picture that the left one is compared with. */
  declare right: LoadedPicture | undefined;
  declare settings: ViewSettings;
  /** Whether the right picture is shown on the left. */
  declare flipped: boolean;
  /** What lies over a single picture, in its place and size. */
  declare overlay: unknown;
  readonly #resizeObserver = new ResizeObserver(() => this.#placePictures());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizeObserver.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizeObserver.disconnect();
  }

  protected override updated(): void {
    this.#placePictures();
  }

  /** CSS pixels per pixel of the larger picture, as shown now. */
  get scale(): number {
    return scaleOf(this.settings.view, this.#box, this.#pane);
  }

  /** Runs a command that concerns the pictures; ignores the others. */
  runCommand(command: ViewCommand): void {
    switch (command.kind) {
      case "zoom":
        this.zoom(nextScale(this.scale, command.direction));
        break;
      case "fit":
        this.#dispatchSettings({ view: { scale: "fit", x: 0.5, y: 0.5 } });
        break;
      case "real":
        this.zoom(1);
        break;
      case "move":
        this.#move(command.x, command.y, keySteps[command.far ? "far" : "near"]);
        break;
      case "end":
        this.#dispatchSettings({ split: command.split });
        break;
    }
  }

  /** Zooms to `scale` CSS pixels per pixel. What is at `point` of the pane stays there. */
  zoom(scale: number, point?: Point): void {
    this.#dispatchSettings({ view: zoomTo(this.settings.view, scale, this.#box, this.#pane, point) });
  }

  get #box(): Extent {
    return boxOf(this.left.size ?? emptyExtent, this.right?.size ?? emptyExtent);
  }

  /** Size of the panes, which all have the same. */
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

  /** The captions of each pane, in the order in which they are shown. */
  get #columns(): readonly (readonly LoadedPicture[])[] {
    if (this.right === undefined) {
      return [[this.left]];
    }
    const ordered = this.flipped ? [this.right, this.left] : [this.left, this.right];
    return this.settings.mode === "slider" ? [ordered] : ordered.map((picture) => [picture]);
  }

  #dispatchSettings(changes: Partial<ViewSettings>): void {
    this.dispatchEvent(new CustomEvent<Partial<ViewSettings>>("limn-settings", { detail: changes }));
  }

  /**
   * Arrow keys move the divider, or the view if there is no divider, or if the pictures have the
   * focus and are cropped.
   */
  #move(x: number, y: number, { view, split }: (typeof keySteps)["near"]): void {
    const hasFocus = this.shadowRoot?.activeElement?.classList.contains("stage") === true;
    const isSlider = this.settings.mode === "slider" && x !== 0 && !(hasFocus && this.#isCropped);
    if (isSlider) {
      this.#dispatchSettings({ split: clamp(this.settings.split + x * split, 0, 1) });
    } else {
      this.#dispatchSettings({ view: pan(this.settings.view, { x: -x * view, y: -y * view }, this.#box, this.#pane) });
    }
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

  /** What a drag from this point moves; `undefined` if nothing. */
  #dragHandlerAt(target: Element, at: Point): DragHandler | undefined {
    const isCropped = this.#isCropped;
    const onDivider = target.closest(".divider") !== null;
    if (onDivider || (this.settings.mode === "slider" && !isCropped)) {
      const { left, width } = visiblePart(this.#placement, this.#pane);
      const offset = onDivider ? left + this.settings.split * width - at.x : 0;
      const moveDivider = (x: number) => this.#dispatchSettings({ split: clamp((x + offset - left) / width, 0, 1) });
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

  protected override render() {
    const isPair = this.right !== undefined;
    return html`
      <div class="stage ${this.settings.mode}" role="group" tabindex="0" aria-label=${isPair ? l10n.t("Pictures") : l10n.t("Picture")} aria-describedby="hint"
        @pointerdown=${this.#onPointerdown} @wheel=${this.#onWheel} @dblclick=${this.#onDoubleClick}>
        ${this.#columns.map(
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
        <p id="hint">
          ${
            isPair
              ? l10n.t("Arrow keys move the pictures when they are zoomed in. Plus, minus and 0 zoom.")
              : l10n.t("Left and right show another picture. Shift with arrow keys moves it when it is zoomed in.")
          }
        </p>
      </div>
    `;
  }

  /** Every pane has both pictures, so that none has to be loaded when they change places. */
  #sheet() {
    return html`
      <div class="sheet">
        ${layer("left", this.left)} ${this.right === undefined ? this.overlay : layer("right", this.right)}
      </div>
    `;
  }

  #divider() {
    const percent = Math.round(this.settings.split * 100);
    return html`
      <div class="divider" role="slider" tabindex="0" aria-label=${l10n.t("Divider between the pictures")} aria-orientation="horizontal"
        aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent} aria-valuetext=${l10n.t("{0} % of the left picture", percent)}>
        <span class="handle"><vscode-icon name="arrow-both"></vscode-icon></span>
      </div>
    `;
  }
}

/** Place of the pointer in its pane. */
function pointIn({ target, clientX, clientY }: MouseEvent): Point | undefined {
  const area = target instanceof Element ? target.closest(".pane")?.getBoundingClientRect() : undefined;
  return area && { x: clientX - area.left, y: clientY - area.top };
}

const layer = (side: "left" | "right", { link, size, label }: LoadedPicture) =>
  link === undefined || size === undefined
    ? nothing
    : html`<div class="layer ${side}"><img src=${link} alt=${label} draggable="false" /></div>`;

/** The caption of a picture: its label, split after the folder if it is a path, and its size. */
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
    <span>${picture?.problem ?? l10n.t("This picture is not there.")}</span>
  </p>
`;

customElements.define("limn-stage", Stage);

declare global {
  interface HTMLElementTagNameMap {
    "limn-stage": Stage;
  }
}
