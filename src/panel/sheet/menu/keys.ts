import { html, LitElement } from "lit";
import { modifierKey } from "../../shared/modifierKey.ts";
import { pictureActions } from "../actions.ts";
import { focusedElement } from "../focusedElement.ts";
import { keysStyle } from "./keysStyle.ts";

/** The keys that work in the sheet: those of the actions come from their own table. */
const otherKeys = (): readonly (readonly [keys: string, does: string])[] => [
  ["Arrow keys", "Select the next picture"],
  ["Home, End", "First, last picture"],
  ["Page Up, Page Down", "A screenful on"],
  ["1 – 9", "Select that picture of the job"],
  ["Shift+F10", "All actions"],
  [`${modifierKey()}+Z`, "Undo Discard"],
  ["/", "Search"],
  ["?", "Show these keys"],
];

const actionKeys: readonly (readonly [string, string])[] = pictureActions.flatMap(({ id, key }) => {
  const names: Readonly<Record<string, string>> = {
    keep: "Keep",
    open: "Open",
    compare: "Compare with the marked picture, or with the original",
    mark: "Mark to compare",
    star: "Star, or remove the star",
    discard: "Discard, or restore what was discarded",
  };
  const name = names[id];
  return key === undefined || name === undefined ? [] : [[key, name] as const];
});

/** The table of keys, as a box over the page that Escape closes. */
export class Keys extends LitElement {
  static override readonly styles = keysStyle;

  /** What had the focus, and gets it back. */
  #previousFocus: HTMLElement | undefined;

  /** Shows the table. */
  open(): void {
    this.#previousFocus = focusedElement();
    this.#popover()?.showPopover();
    this.#popover()?.focus();
  }

  protected override render() {
    return html`<div popover role="dialog" aria-labelledby="title" tabindex="-1" @keydown=${this.#onKey}>
      <h3 id="title">Keys for Pictures</h3>
      <dl>
        ${[...actionKeys, ...otherKeys()].map(([keys, effect]) => html`<dt><kbd>${keys}</kbd></dt><dd>${effect}</dd>`)}
      </dl>
    </div>`;
  }

  #popover(): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>("[popover]") ?? undefined;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      this.#popover()?.hidePopover();
      this.#previousFocus?.focus({ preventScroll: true });
    }
  }
}

customElements.define("limn-keys", Keys);

declare global {
  interface HTMLElementTagNameMap {
    "limn-keys": Keys;
  }
}
