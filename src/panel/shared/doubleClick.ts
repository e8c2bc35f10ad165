const buttonSelector = "button, vscode-button, vscode-toolbar-button";

function dropSecondClick(event: MouseEvent): void {
  const isButton = event.composedPath().some((target) => target instanceof Element && target.matches(buttonSelector));
  if (event.detail > 1 && isButton) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/**
 * Makes a double click one press of a button, for all buttons in `host`. The second click is
 * dropped before it reaches them: the first one may have put another button, of another picture or
 * job, under the pointer. Clicks made by keys have a `detail` of 0.
 */
export const ignoreSecondClicks = (host: HTMLElement): void =>
  host.addEventListener("click", dropSecondClick, { capture: true });
