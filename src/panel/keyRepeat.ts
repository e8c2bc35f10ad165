const keys: ReadonlySet<string> = new Set(["Enter", " "]);

/** Whether a key typed there is text: a held Enter makes lines in a text field. */
const takesText = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

function dropRepeat(event: KeyboardEvent): void {
  const isTyping = takesText(event.composedPath()[0]) && !event.ctrlKey && !event.metaKey;
  if (event.repeat && keys.has(event.key) && !isTyping) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/**
 * Makes a held key one press of a button, whatever the button does: repeats are dropped before they
 * reach it. Components such as `vscode-button` make a click of each `keydown` by themselves.
 */
export const ignoreKeyRepeat = (): void => window.addEventListener("keydown", dropRepeat, { capture: true });
