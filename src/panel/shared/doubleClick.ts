const buttonSelector = "button, vscode-button, vscode-toolbar-button";

function dropSecondClick(event: MouseEvent): void {
  const isButton = event.composedPath().some((target) => target instanceof Element && target.matches(buttonSelector));
  if (event.detail > 1 && isButton) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/**
 * Drops the second click of a double click on any button in `host`: the first click may have put a
 * button of another picture or job under the pointer. Clicks by keyboard have a `detail` of 0.
 */
export const ignoreSecondClicks = (host: HTMLElement): void =>
  host.addEventListener("click", dropSecondClick, { capture: true });
