const pressKeys: ReadonlySet<string> = new Set(["Enter", " "]);
const removalKeys: ReadonlySet<string> = new Set(["Delete", "Backspace"]);

/** Whether keys typed there are text: a held Enter makes lines in a text field. */
const isTextField = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

function dropRepeat(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey } = event;
  // Ctrl+Backspace is text too, and Ctrl+Enter is a press.
  const isTyping = isTextField(event.composedPath()[0]) && (removalKeys.has(key) || !(ctrlKey || metaKey));
  if (event.repeat && (pressKeys.has(key) || removalKeys.has(key)) && !isTyping) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/**
 * Makes a held key one press of a button, and one removal from a list, whatever it does: repeats
 * are dropped before they reach it. Components such as `vscode-button` make a click of each
 * `keydown` by themselves.
 */
export const ignoreKeyRepeat = (): void => window.addEventListener("keydown", dropRepeat, { capture: true });
