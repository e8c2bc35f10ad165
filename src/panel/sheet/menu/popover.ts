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

/**
 * Opens and closes the popover that a component renders. `open` returns its element, `undefined`
 * before the first render; `close` gives the focus back to the element that had it. These comments
 * are here because the build would copy those of members into the script.
 */
export class Popover {
  readonly #host: LitElement;
  #previousFocus: HTMLElement | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  open(): HTMLElement | undefined {
    this.#previousFocus = focusedElement();
    const element = this.#element();
    element?.showPopover();
    return element;
  }

  close(): void {
    this.#element()?.hidePopover();
    this.#previousFocus?.focus({ preventScroll: true });
  }

  #element(): HTMLElement | undefined {
    return this.#host.renderRoot.querySelector<HTMLElement>("[popover]") ?? undefined;
  }
}
