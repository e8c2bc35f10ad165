const presses: ReadonlySet<string> = new Set(["Enter", " "]);
const removals: ReadonlySet<string> = new Set(["Delete", "Backspace"]);

/** Whether keys typed there are text: a held Enter makes lines in a text field. */
const takesText = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

function dropRepeat(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey } = event;
  // Ctrl+Backspace is text too, and Ctrl+Enter is a press.
  const isTyping = takesText(event.composedPath()[0]) && (removals.has(key) || !(ctrlKey || metaKey));
  if (event.repeat && (presses.has(key) || removals.has(key)) && !isTyping) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/**
 * Makes a held key one press of a button, and one removal from a list, whatever it does: repeats
 * are dropped before they reach it. Components such as `vscode-button` make a click of each `keydown` by themselves.
 */
export const ignoreKeyRepeat = (): void => window.addEventListener("keydown", dropRepeat, { capture: true });
