import type { ReactiveController, ReactiveControllerHost } from "lit";

/** What a key asks for; Ctrl+Y is the redo of Windows. */
function wish({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): "undo" | "redo" | undefined {
  if (altKey || !(ctrlKey || metaKey)) {
    return undefined;
  }
  const name = key.toLowerCase();
  return name === "z" ? (shiftKey ? "redo" : "undo") : name === "y" ? "redo" : undefined;
}

/** Whether the key belongs to a text field: there it takes back what was typed. */
const isTyping = ([target]: readonly EventTarget[]): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && /^(text|search|number|url)$/u.test(target.type));

/**
 * Undo and redo outside of text fields. VS Code hears every key that reaches the page's window and answers this one with an undo of the
 * whole page, which takes back the last edit of a text field wherever the focus is (its `pre/index.html`, 1.139). So
 * these keys stop here: the prompt is what the next press on Generate buys.
 */
export class UndoKeys implements ReactiveController {
  readonly #undo: () => void;

  constructor(host: ReactiveControllerHost, undo: () => void) {
    this.#undo = undo;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("keydown", this.#onKey);
  }

  hostDisconnected(): void {
    document.removeEventListener("keydown", this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const wished = wish(event);
    if (wished === undefined || event.defaultPrevented || isTyping(event.composedPath())) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (wished === "undo" && !event.repeat) {
      this.#undo();
    }
  };
}
