const pressKeys: ReadonlySet<string> = new Set(["Enter", " "]);
const removalKeys: ReadonlySet<string> = new Set(["Delete", "Backspace"]);

/** Whether the keys type text there: a held Enter adds lines to a text field. */
const isTextField = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

function dropRepeat(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey } = event;
  // Ctrl+Backspace edits text too; Ctrl+Enter is a press.
  const isTyping = isTextField(event.composedPath()[0]) && (removalKeys.has(key) || !(ctrlKey || metaKey));
  if (event.repeat && (pressKeys.has(key) || removalKeys.has(key)) && !isTyping) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/**
 * Drops repeats of a held key, so that it presses a button or removes from a list only once.
 * Components such as `vscode-button` turn each `keydown` into a click themselves.
 */
export const ignoreKeyRepeat = (): void => window.addEventListener("keydown", dropRepeat, { capture: true });
