import { css, html, LitElement, nothing } from "lit";
import { Popover, popoverStyle } from "./popover.ts";

/** An item of a menu, with a `separator` above it if it starts a new group. */
export interface MenuItem {
  readonly name: string;
  readonly key?: string;
  readonly separator?: boolean;
  readonly onChoose: () => void;
}

/** Space between the menu and the edges of the view, in px. */
const viewMargin = 4;

/**
 * A menu with the roles and keys of one. The menu of the component library has neither roles nor
 * names, so screen readers cannot read it. `open` shows the items with their corner at a point of
 * the view, in px, or as near as they fit.
 */
export class Menu extends LitElement {
  static override readonly properties = { items: { state: true }, label: { state: true } };
  static override readonly styles = [
    popoverStyle,
    // The pointer moves the focus, so that only one item is highlighted.
    css`
    [popover] {
      background: var(--vscode-menu-background);
      border: 1px solid var(--vscode-menu-border, var(--vscode-contrastBorder, transparent));
      color: var(--vscode-menu-foreground);
      font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) var(--vscode-font-family, sans-serif);
      inset: auto;
      margin: 0;
      max-height: calc(100vh - 8px);
      max-width: calc(100vw - 8px);
      padding: 4px 0;
      position: fixed;
    }

    button {
      background: none;
      border: 1px solid transparent;
      border-radius: 3px;
      color: inherit;
      cursor: pointer;
      display: flex;
      font: inherit;
      gap: 24px;
      justify-content: space-between;
      margin: 0 4px;
      padding: 3px 18px;
      text-align: start;
      width: calc(100% - 8px);
    }

    button:focus {
      background: var(--vscode-menu-selectionBackground);
      border-color: var(--vscode-menu-selectionBorder, transparent);
      color: var(--vscode-menu-selectionForeground);
      outline: none;
    }

    hr {
      border: 0;
      border-top: 1px solid var(--vscode-menu-separatorBackground);
      margin: 4px 0;
    }
  `,
  ];

  declare items: readonly MenuItem[];
  declare label: string;

  readonly #popover = new Popover(this);

  constructor() {
    super();
    this.items = [];
    this.label = "";
  }

  async open(label: string, items: readonly MenuItem[], x: number, y: number): Promise<void> {
    this.label = label;
    this.items = items;
    await this.updateComplete;
    const menu = this.#popover.open();
    if (menu !== undefined) {
      const { width, height } = menu.getBoundingClientRect();
      menu.style.left = `${Math.max(viewMargin, Math.min(x, window.innerWidth - width - viewMargin))}px`;
      menu.style.top = `${Math.max(viewMargin, Math.min(y, window.innerHeight - height - viewMargin))}px`;
    }
    this.#buttons()[0]?.focus();
  }

  protected override render() {
    return html`<div popover role="menu" aria-label=${this.label} @keydown=${this.#onKey}>
      ${this.items.map(
        (item) => html`
          ${item.separator === true ? html`<hr role="separator" />` : nothing}
          <button role="menuitem" tabindex="-1" @click=${() => this.#choose(item)} @pointermove=${this.#onPointerMove}>
            <span>${item.name}</span>${item.key === undefined ? nothing : html`<span aria-hidden="true">${item.key}</span>`}
          </button>
        `,
      )}
    </div>`;
  }

  #buttons(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("button")];
  }

  #choose({ onChoose }: MenuItem): void {
    this.#popover.close();
    onChoose();
  }

  #onPointerMove(event: PointerEvent): void {
    if (event.currentTarget instanceof HTMLElement) {
      event.currentTarget.focus();
    }
  }

  #onKey(event: KeyboardEvent): void {
    const buttons = this.#buttons();
    const focusedIndex = buttons.findIndex((button) => button.matches(":focus"));
    const indexByKey: Readonly<Record<string, number>> = {
      ArrowDown: (focusedIndex + 1) % buttons.length,
      ArrowUp: (focusedIndex - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    };
    event.stopPropagation();
    if (event.key === "Tab" || event.key === "Escape") {
      event.preventDefault();
      this.#popover.close();
    } else if (Object.hasOwn(indexByKey, event.key)) {
      event.preventDefault();
      buttons[indexByKey[event.key] ?? 0]?.focus();
    }
  }
}

customElements.define("limn-menu", Menu);

declare global {
  interface HTMLElementTagNameMap {
    "limn-menu": Menu;
  }
}
