// The part of the page that moves the crop of a picture; it is loaded at its first use.
import * as l10n from "@vscode/l10n";
import { html } from "lit";
import type { PictureRef } from "../../protocol.ts";
import { announce } from "../../webview/announce.ts";
import { postLightTable } from "../../webview/vscodeApi.ts";
import type { ActionTarget } from "../tableActions.ts";
import { CropControl, searching } from "./cropControl.ts";

/** What the mode needs of the page. */
interface CropHost {
  /** The shown picture. */
  target(): ActionTarget | undefined;
  /** Called when something has to be drawn again. */
  changed(): void;
  /** Called when the mode has ended. */
  ended(): void;
}

const keepKey = "K";

/** Moves what stays of a picture of Limn, and writes its files. */
export class CropMode {
  readonly #host: CropHost;
  readonly #ref: PictureRef;
  readonly #control: CropControl;
  readonly #listeners = new AbortController();

  constructor(host: CropHost) {
    this.#host = host;
    const target = host.target();
    this.#ref = { job: target?.job.id ?? "", picture: target?.picture.id ?? "" };
    this.#control = new CropControl({
      picture() {
        const { crop: view, width, height } = host.target()?.picture ?? {};
        return view && width && height ? { source: { width, height }, view } : undefined;
      },
      changed: host.changed,
      moved: (focus) => postLightTable({ type: "moveCrop", ...this.#ref, ...(focus === undefined ? {} : { focus }) }),
    });
    const { signal } = this.#listeners;
    // Before the page and the viewer, whose arrow keys show another picture or move this one.
    window.addEventListener("keydown", this.#onKeydown, { capture: true, signal });
    window.addEventListener("keyup", () => this.#control.send(), { signal });
    window.addEventListener("blur", () => this.#control.send(), { signal });
    if (this.#control.frames() === undefined) {
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

  get #isKept(): boolean {
    return (this.#host.target()?.picture.kept.length ?? 0) > 0;
  }

  #keep(): void {
    this.#control.send();
    postLightTable(this.#isKept ? { type: "exportAgain", ...this.#ref } : { type: "keep", ...this.#ref });
    this.#end();
  }

  #end(): void {
    if (!this.#listeners.signal.aborted) {
      this.#control.send();
      this.#listeners.abort();
      this.#host.ended();
    }
  }

  /** Does what a key means in this mode; returns whether it means something. */
  #runKey(event: KeyboardEvent): boolean {
    if (this.#control.runKey(event)) {
      return true;
    }
    if (event.repeat) {
      return false;
    }
    const key = event.key.toUpperCase();
    if (key === "ESCAPE" || key === "P") {
      this.#end();
    } else if (key === keepKey) {
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
    return this.#control.frame();
  }

  /** The buttons, and where the frame is. */
  bar() {
    const keep = this.#isKept ? l10n.t("Export Again") : l10n.t("Keep");
    return html`
      <div class="actions" role="group" aria-label=${l10n.t("Crop")}>
        <vscode-button icon="save" title="${keep} (${keepKey})" @click=${() => this.#keep()}>${keep}</vscode-button>
        <vscode-button secondary icon="discard" title=${l10n.t("Automatic Position (Home)")} @click=${() => this.#control.reset()}>${l10n.t("Automatic Position")}</vscode-button>
        <vscode-button secondary icon="check" title=${l10n.t("Done (Escape)")} @click=${() => this.#end()}>${l10n.t("Done")}</vscode-button>
        <span class="crop-text">${this.#control.text()}</span>
      </div>
    `;
  }
}
