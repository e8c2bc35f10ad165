import type { ReactiveController, ReactiveControllerHost } from "lit";

/** The command of a key. Ctrl+Y is redo on Windows. */
function shortcutOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): "undo" | "redo" | undefined {
  if (altKey || !(ctrlKey || metaKey)) {
    return undefined;
  }
  const name = key.toLowerCase();
  return name === "z" ? (shiftKey ? "redo" : "undo") : name === "y" ? "redo" : undefined;
}

/** Whether a key goes to a text field, where it undoes typing. */
const isTextField = ([target]: readonly EventTarget[]): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && /^(text|search|number|url)$/u.test(target.type));

/**
 * Undo and redo outside of text fields. VS Code answers these keys with an undo of the whole page,
 * which reverts the last edit of a text field wherever the focus is (its `pre/index.html`, 1.139).
 * That would change the prompt that the next press on Generate buys, so these keys stop here.
 */
export class UndoKeys implements ReactiveController {
  readonly #onUndo: () => void;

  constructor(host: ReactiveControllerHost, onUndo: () => void) {
    this.#onUndo = onUndo;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("keydown", this.#onKey);
  }

  hostDisconnected(): void {
    document.removeEventListener("keydown", this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const shortcut = shortcutOf(event);
    if (shortcut === undefined || event.defaultPrevented || isTextField(event.composedPath())) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (shortcut === "undo" && !event.repeat) {
      this.#onUndo();
    }
  };
}
