import * as l10n from "@vscode/l10n";
import { html, nothing } from "lit";
import type { Pixels } from "../../core/models/size.ts";
import { type Crop, cropAround, type Focus } from "../../core/targets/crop.ts";
import { focusOfCrops, movablePixels, moveFocus } from "../../core/targets/moveFocus.ts";
import type { CropView } from "../../protocol.ts";
import { announce } from "../../webview/announce.ts";
import "./cropFrame.ts";
import { describeCrop } from "./describeCrop.ts";

/** A picture, and what it is cropped to. */
export interface CroppedPicture {
  readonly source: Pixels;
  readonly view: CropView;
}

/** What the control needs of its page. */
interface CropControlHost {
  /** `undefined` if there is none. */
  picture(): CroppedPicture | undefined;
  /** Called when something has to be drawn again. */
  changed(): void;
  /** Called once for each move; `undefined`: to the automatic position. */
  moved(focus: Focus | undefined): void;
}

/** The frames of a picture, and what they are made of. */
interface Frames extends CroppedPicture {
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

export const searching = (): string => l10n.t("Looking for the subject…");

/** Moves what stays of a picture, by mouse and keyboard. */
export class CropControl {
  readonly #host: CropControlHost;
  /** Where the user has moved it; `undefined`: where the host says. */
  #moved: { readonly focus: Focus | undefined } | undefined;
  /** Whether the host does not know yet where it was moved. */
  #isUnsent = false;

  constructor(host: CropControlHost) {
    this.#host = host;
  }

  /** Where the frames are; `undefined` until that is known. */
  frames(): Frames | undefined {
    const picture = this.#host.picture();
    if (picture === undefined) {
      return undefined;
    }
    const { source, view } = picture;
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
    const frames = this.frames();
    if (frames !== undefined) {
      const { source, view, focus } = frames;
      this.#set({ focus: moveFocus(source, view.shapes, focus, by) });
    }
  }

  /** Moves to the part that draws the eye. */
  reset(): void {
    this.#set({ focus: undefined });
    this.send();
    const frames = this.frames();
    announce([l10n.t("Automatic position."), ...(frames === undefined ? [] : [describeCrop(frames)])].join(" "));
  }

  #set(moved: { readonly focus: Focus | undefined }): void {
    this.#moved = moved;
    this.#isUnsent = true;
    this.#host.changed();
  }

  /** Reports a move that the host does not know yet. */
  send(): void {
    if (this.#isUnsent) {
      this.#isUnsent = false;
      this.#host.moved(this.#moved?.focus);
    }
  }

  /** Moves as the key demands; returns whether it is one for that. */
  runKey({ key, shiftKey, repeat }: KeyboardEvent): boolean {
    const direction = Object.hasOwn(directions, key) ? directions[key] : undefined;
    if (direction !== undefined) {
      const frames = this.frames();
      const { width, height } =
        frames === undefined ? { width: 0, height: 0 } : movablePixels(frames.source, frames.view.shapes);
      const step = steps[shiftKey ? "far" : "near"];
      this.#move({ x: direction.x * Math.max(1, width * step), y: direction.y * Math.max(1, height * step) });
      return true;
    }
    if (key !== "Home" || repeat) {
      return false;
    }
    this.reset();
    return true;
  }

  /** The frame over the picture. */
  frame() {
    const frames = this.frames();
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
      onMoved: () => this.send(),
      onReset: () => this.reset(),
    }}></limn-crop-frame>`;
  }

  /** What it is for, and where the frame is. */
  text(): string {
    const frames = this.frames();
    return frames === undefined ? searching() : `${frames.view.target} · ${describeCrop(frames)}`;
  }
}
