import { css, type LitElement } from "lit";
import { focusedElement } from "../../shared/focusedElement.ts";

/** The look that popovers share. */
export const popoverStyle = css`
  [popover] {
    border-radius: 5px;
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    box-sizing: border-box;
    overflow-y: auto;
  }
`;

/** Opens and closes the popover that a component renders. */
export class Popover {
  readonly #host: LitElement;
  /** The element that had the focus and gets it back. */
  #previousFocus: HTMLElement | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Shows the popover and returns its element; `undefined` before the first render. */
  open(): HTMLElement | undefined {
    this.#previousFocus = focusedElement();
    const element = this.#element();
    element?.showPopover();
    return element;
  }

  /** Hides the popover and gives the focus back. */
  close(): void {
    this.#element()?.hidePopover();
    this.#previousFocus?.focus({ preventScroll: true });
  }

  #element(): HTMLElement | undefined {
    return this.#host.renderRoot.querySelector<HTMLElement>("[popover]") ?? undefined;
  }
}
