import { css, html, LitElement } from "lit";
import type { Pixels } from "../../core/models/size.ts";
import type { Crop, Focus } from "../../core/targets/crop.ts";
import type { SafeZone } from "../../core/targets/target.ts";

/** Where the frames are, and what they are called. */
export interface FrameState {
  readonly source: Pixels;
  /** What each shape keeps; the frame of the first is drawn strongest. */
  readonly crops: readonly [Crop, ...Crop[]];
  readonly safeZone: SafeZone | undefined;
  readonly name: string;
  /** Where the first frame is, in words. */
  readonly position: string;
  /** Pixels that it can be moved by. */
  readonly movable: Pixels;
  /** Called while the user drags, with pixels of the picture. */
  readonly onMove: (by: Focus) => void;
  readonly onMoved: () => void;
  readonly onReset: () => void;
}

const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;

/** Places an element by shares of the one around it. */
function place({ style }: HTMLElement, { left, top, width, height }: Crop, whole: Pixels): void {
  Object.assign(style, {
    ...{ left: percent(left, whole.width), top: percent(top, whole.height) },
    ...{ width: percent(width, whole.width), height: percent(height, whole.height) },
  });
}

/** What stays of a picture: a frame over it, with the rest darkened. It fills the picture's box. */
export class CropFrame extends LitElement {
  static override readonly properties = { state: { attribute: false } };
  static override readonly styles = css`
    :host {
      forced-color-adjust: none;
      inset: 0;
      overflow: hidden;
      position: absolute;
    }

    .frame,
    .other,
    .safe {
      box-sizing: border-box;
      position: absolute;
    }

    /* The shadow darkens the rest of the picture. */
    .frame {
      box-shadow: 0 0 0 100vmax rgb(0 0 0 / 0.62);
      cursor: move;
      outline: none;
      touch-action: none;
    }

    /* Two colours, so that the line is visible on every picture. */
    .frame::after {
      border: 1px solid white;
      content: "";
      inset: 0;
      outline: 1px solid black;
      outline-offset: -2px;
      pointer-events: none;
      position: absolute;
    }

    .frame:focus-visible::after {
      border-color: var(--vscode-focusBorder, white);
      border-width: 3px;
      outline-color: white;
      outline-offset: -4px;
    }

    .other,
    .safe {
      border: 1px dashed white;
      outline: 1px dashed black;
      pointer-events: none;
    }

    :host-context(.vscode-high-contrast) .frame {
      box-shadow: 0 0 0 100vmax rgb(0 0 0 / 0.78);
    }
  `;
  declare state: FrameState;

  get #frame(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".frame");
  }

  protected override firstUpdated(): void {
    this.#frame?.focus();
  }

  /** Places by script, since the page's Content Security Policy forbids style attributes. */
  protected override updated(): void {
    const { crops, source, safeZone } = this.state;
    const frames = this.renderRoot.querySelectorAll<HTMLElement>(".frame, .other");
    for (const [index, frame] of frames.entries()) {
      const crop = crops[index];
      if (crop !== undefined) {
        place(frame, crop, source);
      }
    }
    const safe = this.renderRoot.querySelector<HTMLElement>(".safe");
    if (safe !== null && safeZone !== undefined) {
      const { width, height } = safeZone;
      place(safe, { left: (1 - width) / 2, top: (1 - height) / 2, width, height }, { width: 1, height: 1 });
    }
  }

  #onPointerdown(event: PointerEvent): void {
    const frame = this.#frame;
    if (event.button !== 0 || frame === null) {
      return;
    }
    // The stage would move a picture that is zoomed in.
    event.stopPropagation();
    frame.setPointerCapture(event.pointerId);
    let last = event;
    const release = new AbortController();
    const { signal } = release;
    const onMove = (now: PointerEvent) => {
      const { source, onMove } = this.state;
      onMove({
        x: ((now.clientX - last.clientX) / this.clientWidth) * source.width,
        y: ((now.clientY - last.clientY) / this.clientHeight) * source.height,
      });
      last = now;
    };
    const onEnd = () => {
      release.abort();
      this.state.onMoved();
    };
    frame.addEventListener("pointermove", onMove, { signal });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      frame.addEventListener(name, onEnd, { signal });
    }
  }

  #onDoubleClick(event: MouseEvent): void {
    // The stage would zoom.
    event.stopPropagation();
    this.state.onReset();
  }

  protected override render() {
    const { crops, name, position, movable, safeZone } = this.state;
    const [{ left, top }, ...others] = crops;
    const isVertical = movable.height > 0;
    return html`
      <div class="frame" role="slider" tabindex="0" aria-label=${name} aria-orientation=${isVertical ? "vertical" : "horizontal"}
        aria-valuemin="0" aria-valuemax=${isVertical ? movable.height : movable.width} aria-valuenow=${isVertical ? top : left}
        aria-valuetext=${position} @pointerdown=${this.#onPointerdown} @dblclick=${this.#onDoubleClick}>
        ${safeZone === undefined ? "" : html`<div class="safe"></div>`}
      </div>
      ${others.map(() => html`<div class="other"></div>`)}
    `;
  }
}

customElements.define("limn-crop-frame", CropFrame);

declare global {
  interface HTMLElementTagNameMap {
    "limn-crop-frame": CropFrame;
  }
}
