// The part of the page that moves the crop of a picture; it is loaded at its first use.
import * as l10n from "@vscode/l10n";
import { html, nothing } from "lit";
import type { Pixels } from "../../core/models/size.ts";
import { type Crop, cropAround, type Focus } from "../../core/targets/crop.ts";
import { focusOfCrops, movablePixels, moveFocus } from "../../core/targets/moveFocus.ts";
import type { CropView, PictureRef } from "../../protocol.ts";
import { announce } from "../../webview/announce.ts";
import { postLightTable } from "../../webview/vscodeApi.ts";
import type { ActionTarget } from "../tableActions.ts";
import "./cropFrame.ts";
import { describeCrop } from "./describeCrop.ts";

/** What the mode needs of the page. */
interface CropHost {
  /** The shown picture. */
  target(): ActionTarget | undefined;
  /** Called when something has to be drawn again. */
  changed(): void;
  /** Called when the mode has ended. */
  ended(): void;
}

/** The frames of a picture, and what they are made of. */
interface Frames {
  readonly source: Pixels;
  readonly view: CropView;
  readonly focus: Focus;
  readonly crops: readonly [Crop, ...Crop[]];
}

const directions: Readonly<Record<string, Focus>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** How far an arrow key moves, as a share of the way from one side to the other. */
const steps = { near: 0.02, far: 0.2 };

const keepKey = "K";

const searching = (): string => l10n.t("Looking for the subject…");

/** Moves what stays of a picture, by mouse and keyboard. */
export class CropMode {
  readonly #host: CropHost;
  readonly #ref: PictureRef;
  /** Where the user has moved it; `undefined`: where the host says. */
  #moved: { readonly focus: Focus | undefined } | undefined;
  /** Whether the host does not know yet where it was moved. */
  #isUnsent = false;
  readonly #listeners = new AbortController();

  constructor(host: CropHost) {
    this.#host = host;
    const target = host.target();
    this.#ref = { job: target?.job.id ?? "", picture: target?.picture.id ?? "" };
    const { signal } = this.#listeners;
    // Before the page and the viewer, whose arrow keys show another picture or move this one.
    window.addEventListener("keydown", this.#onKeydown, { capture: true, signal });
    window.addEventListener("keyup", () => this.#send(), { signal });
    window.addEventListener("blur", () => this.#send(), { signal });
    if (this.#frames() === undefined) {
      announce(searching());
    }
  }

  /** Ends the mode if another picture is shown, or its crop is not offered any more. */
  check(): void {
    const target = this.#host.target();
    const isSame = target?.picture.id === this.#ref.picture && target.job.id === this.#ref.job;
    if (!isSame || target.isComparing || target.picture.isDiscarded || target.picture.crop === undefined) {
      this.#end();
    }
  }

  #frames(): Frames | undefined {
    const { crop: view, width, height } = this.#host.target()?.picture ?? {};
    if (view === undefined || width === undefined || height === undefined) {
      return undefined;
    }
    const source = { width, height };
    const focus = this.#moved === undefined ? view.focus : this.#moved.focus;
    const [first, ...others] = view.shapes;
    if (focus !== undefined) {
      const around = (shape: Pixels) => cropAround(source, shape, focus);
      return { source, view, focus, crops: [around(first), ...others.map(around)] };
    }
    const otherCrops = others.flatMap(({ attention }) => attention ?? []);
    if (first.attention === undefined || otherCrops.length < others.length) {
      return undefined;
    }
    const crops = [first.attention, ...otherCrops] as const;
    return { source, view, focus: focusOfCrops(source, crops), crops };
  }

  #move(by: Focus): void {
    const frames = this.#frames();
    if (frames !== undefined) {
      const { source, view, focus } = frames;
      this.#set({ focus: moveFocus(source, view.shapes, focus, by) });
    }
  }

  #reset(): void {
    this.#set({ focus: undefined });
    this.#send();
    const frames = this.#frames();
    announce([l10n.t("Automatic position."), ...(frames === undefined ? [] : [describeCrop(frames)])].join(" "));
  }

  #set(moved: { readonly focus: Focus | undefined }): void {
    this.#moved = moved;
    this.#isUnsent = true;
    this.#host.changed();
  }

  #send(): void {
    if (this.#isUnsent) {
      this.#isUnsent = false;
      const focus = this.#moved?.focus;
      postLightTable({ type: "moveCrop", ...this.#ref, ...(focus === undefined ? {} : { focus }) });
    }
  }

  #keep(): void {
    this.#send();
    const isKept = (this.#host.target()?.picture.kept.length ?? 0) > 0;
    postLightTable(isKept ? { type: "exportAgain", ...this.#ref } : { type: "keep", ...this.#ref });
    this.#end();
  }

  #end(): void {
    if (!this.#listeners.signal.aborted) {
      this.#send();
      this.#listeners.abort();
      this.#host.ended();
    }
  }

  /** Does what a key means in this mode; returns whether it means something. */
  #runKey({ key, shiftKey, repeat }: KeyboardEvent): boolean {
    const frames = this.#frames();
    const direction = Object.hasOwn(directions, key) ? directions[key] : undefined;
    if (direction !== undefined) {
      const { width, height } =
        frames === undefined ? { width: 0, height: 0 } : movablePixels(frames.source, frames.view.shapes);
      const step = steps[shiftKey ? "far" : "near"];
      this.#move({ x: direction.x * Math.max(1, width * step), y: direction.y * Math.max(1, height * step) });
    } else if (repeat) {
      return false;
    } else if (key === "Home") {
      this.#reset();
    } else if (key === "Escape" || key.toUpperCase() === "P") {
      this.#end();
    } else if (key.toUpperCase() === keepKey) {
      this.#keep();
    } else {
      return false;
    }
    return true;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey || event.altKey) && this.#runKey(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };

  /** The frame over the picture. */
  frame() {
    const frames = this.#frames();
    if (frames === undefined) {
      return nothing;
    }
    const { source, view, crops } = frames;
    return html`<limn-crop-frame .state=${{
      ...{ source, crops, safeZone: view.safeZone },
      name: l10n.t("Crop for {0}", view.target),
      position: describeCrop(frames),
      movable: movablePixels(source, view.shapes),
      onMove: (by: Focus) => this.#move(by),
      onMoved: () => this.#send(),
      onReset: () => this.#reset(),
    }}></limn-crop-frame>`;
  }

  /** The buttons, and where the frame is. */
  bar() {
    const frames = this.#frames();
    const isKept = (this.#host.target()?.picture.kept.length ?? 0) > 0;
    const keep = isKept ? l10n.t("Export Again") : l10n.t("Keep");
    return html`
      <div class="actions" role="group" aria-label=${l10n.t("Crop")}>
        <vscode-button icon="save" title="${keep} (${keepKey})" @click=${() => this.#keep()}>${keep}</vscode-button>
        <vscode-button secondary icon="discard" title=${l10n.t("Automatic Position (Home)")} @click=${() => this.#reset()}>${l10n.t("Automatic Position")}</vscode-button>
        <vscode-button secondary icon="check" title=${l10n.t("Done (Escape)")} @click=${() => this.#end()}>${l10n.t("Done")}</vscode-button>
        <span class="crop-text">${frames === undefined ? searching() : `${frames.view.target} · ${describeCrop(frames)}`}</span>
      </div>
    `;
  }
}
