import { html, LitElement } from "lit";
import { modifierKey } from "../modifierKey.ts";
import { actions } from "./actions.ts";
import { focused } from "./focus.ts";
import { keysStyle } from "./keysStyle.ts";

/** The keys that work in the sheet: those of the actions come from their own table. */
const others = (): readonly (readonly [keys: string, does: string])[] => [
  ["Arrow keys", "Select the next picture"],
  ["Home, End", "First, last picture"],
  ["Page Up, Page Down", "A screenful on"],
  ["1 – 9", "Select that picture of the job"],
  ["Shift+F10", "All actions"],
  [`${modifierKey()}+Z`, "Undo Discard"],
  ["/", "Search"],
  ["?", "Show these keys"],
];

const named: readonly (readonly [string, string])[] = actions.flatMap(({ id, key }) => {
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
export class LimnKeys extends LitElement {
  static override readonly styles = keysStyle;

  /** What had the focus, and gets it back. */
  #before: HTMLElement | undefined;

  /** Shows the table. */
  open(): void {
    this.#before = focused();
    this.#box()?.showPopover();
    this.#box()?.focus();
  }

  protected override render() {
    return html`<div popover role="dialog" aria-labelledby="title" tabindex="-1" @keydown=${this.#onKey}>
      <h3 id="title">Keys for Pictures</h3>
      <dl>
        ${[...named, ...others()].map(([keys, does]) => html`<dt><kbd>${keys}</kbd></dt><dd>${does}</dd>`)}
      </dl>
    </div>`;
  }

  #box(): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>("[popover]") ?? undefined;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      this.#box()?.hidePopover();
      this.#before?.focus({ preventScroll: true });
    }
  }
}

customElements.define("limn-keys", LimnKeys);

declare global {
  interface HTMLElementTagNameMap {
    "limn-keys": LimnKeys;
  }
}
