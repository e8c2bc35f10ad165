/**
 * Calls `listener` once the page has the focus, now or later, unless an element of it has the focus
 * or the user presses the pointer first. VS Code gives the focus to a view that the user opens, at
 * about the time when the form is drawn; a view that VS Code restores has none.
 */
export function whenFocused(listener: () => void): void {
  const call = () => {
    if (document.activeElement === document.body) listener();
  };
  if (document.hasFocus()) {
    call();
    return;
  }
  const controller = new AbortController();
  const { signal } = controller;
  window.addEventListener("pointerdown", () => controller.abort(), { capture: true, signal });
  window.addEventListener(
    "focus",
    () => {
      controller.abort();
      call();
    },
    { signal },
  );
}
