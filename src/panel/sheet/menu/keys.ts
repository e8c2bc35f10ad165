import * as l10n from "@vscode/l10n";
import { html, LitElement } from "lit";
import { modifierKey } from "../../shared/modifierKey.ts";
import { pictureActions } from "../actions.ts";
import { keysStyle } from "./keysStyle.ts";
import { Popover, popoverStyle } from "./popover.ts";

/** The keys of the sheet that belong to no action. */
const otherKeys = (): readonly (readonly [keys: string, does: string])[] => [
  [l10n.t("Arrow keys"), l10n.t("Select the next picture")],
  [l10n.t("Home, End"), l10n.t("First, last picture")],
  [l10n.t("Page Up, Page Down"), l10n.t("One page up or down")],
  ["1 – 9", l10n.t("Select that picture of the job")],
  [l10n.t("Shift+Arrow keys"), l10n.t("Select several")],
  [`${modifierKey()}+A`, l10n.t("Select all that are loaded")],
  [l10n.t("Ctrl+Space"), l10n.t("Add one to the selected, or remove it")],
  [l10n.t("Shift+F10"), l10n.t("All actions")],
  [`${modifierKey()}+Z`, l10n.t("Undo Discard")],
  ["/", l10n.t("Search")],
  [l10n.t("Escape"), l10n.t("End the selection, then back to the prompt")],
  ["?", l10n.t("Show these keys")],
];

const actionKeys: readonly (readonly [string, string])[] = pictureActions.flatMap(({ id, key }) => {
  const names: Readonly<Record<string, string>> = {
    keep: l10n.t("Keep"),
    insertLink: l10n.t("Insert a link"),
    useAsReference: l10n.t("Edit this: use it as a reference image"),
    open: l10n.t("Open on the light table"),
    compare: l10n.t("Compare with the marked picture, or with the original"),
    mark: l10n.t("Mark to compare"),
    star: l10n.t("Star, or remove the star"),
    discard: l10n.t("Discard, or restore what was discarded"),
  };
  const name = names[id];
  return key === undefined || name === undefined ? [] : [[key, name] as const];
});

/** The table of keys, in a popover that Escape closes. */
export class Keys extends LitElement {
  static override readonly styles = [popoverStyle, keysStyle];

  readonly #popover = new Popover(this);

  open(): void {
    this.#popover.open()?.focus();
  }

  protected override render() {
    return html`<div popover role="dialog" aria-labelledby="title" tabindex="-1" @keydown=${this.#onKey}>
      <h3 id="title">${l10n.t("Keys for Pictures")}</h3>
      <dl>
        ${[...actionKeys, ...otherKeys()].map(([keys, effect]) => html`<dt><kbd>${keys}</kbd></dt><dd>${effect}</dd>`)}
      </dl>
    </div>`;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      this.#popover.close();
    }
  }
}

customElements.define("limn-keys", Keys);

declare global {
  interface HTMLElementTagNameMap {
    "limn-keys": Keys;
  }
}
