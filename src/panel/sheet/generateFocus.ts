import type { LitElement, ReactiveController } from "lit";
import { focusedElement } from "../shared/focusedElement.ts";
import { onPress } from "../shared/press.ts";

const modifiers: ReadonlySet<string> = new Set(["Control", "Shift", "Alt", "Meta"]);

/**
 * Whether the user waits for the pictures of the last press of a button that buys: nothing else was
 * typed, clicked or scrolled since. Then the focus may move to the pictures, and it can go back.
 */
export class GenerateFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #onPress: () => void;
  #unsubscribe?: () => void;
  #isWaiting = false;
  /** Where the focus was at the press. */
  #origin: HTMLElement | undefined;
  /** Whether the focus has moved to the pictures, and the user has not left them since. */
  #hasMoved = false;
  /** Whether the key that has moved the focus back is still held: its repeats would be typed. */
  #isKeyHeld = false;
  /** What gets the focus when the page does. */
  #target: HTMLElement | undefined;

  constructor(host: LitElement, onPress: () => void) {
    this.#host = host;
    this.#onPress = onPress;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unsubscribe = onPress(() => {
      [this.#isWaiting, this.#origin, this.#hasMoved, this.#target] = [true, focusedElement(), false, undefined];
      this.#onPress();
    });
    for (const type of ["keydown", "pointerdown", "wheel"]) {
      document.addEventListener(type, this.#onActivity, { capture: true, passive: true });
    }
    window.addEventListener("keydown", this.#dropRepeat, { capture: true });
    window.addEventListener("focus", this.#onPageFocus);
    this.#host.addEventListener("focusout", this.#onLeave);
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    for (const type of ["keydown", "pointerdown", "wheel"]) {
      document.removeEventListener(type, this.#onActivity, { capture: true });
    }
    window.removeEventListener("keydown", this.#dropRepeat, { capture: true });
    window.removeEventListener("focus", this.#onPageFocus);
    this.#host.removeEventListener("focusout", this.#onLeave);
  }

  /** Whether the user waits for new pictures. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /**
   * Moves the focus to an element of the host, at once or when the page has the focus again: a
   * question may have taken it.
   */
  move(target: HTMLElement): void {
    this.#isWaiting = false;
    if (document.hasFocus()) {
      target.focus();
      // It was there already after a purchase from the menu of a picture.
      this.#hasMoved = focusedElement() !== this.#origin;
    } else {
      this.#target = target;
    }
  }

  /**
   * Moves the focus back to where it was: to the text field, whose text is selected, or to the
   * button. Returns false if it was not moved.
   */
  moveBack(): boolean {
    const canMove = this.#hasMoved && this.#origin?.isConnected === true;
    if (canMove) {
      this.#isKeyHeld = true;
      this.#origin?.focus();
      if (this.#origin instanceof HTMLTextAreaElement) {
        this.#origin.select();
      }
    }
    return canMove;
  }

  /** Moves it back to the text field that it came from, which then gets the pressed key. */
  moveBackToType({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    const isTyped = [...key].length === 1 && !(ctrlKey || metaKey || altKey);
    if (isTyped && this.#hasMoved && this.#origin instanceof HTMLTextAreaElement) {
      this.#origin.focus();
    }
  }

  readonly #dropRepeat = (event: KeyboardEvent): void => {
    this.#isKeyHeld &&= event.repeat;
    if (this.#isKeyHeld) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };

  readonly #onActivity = (event: Event): void => {
    // A held Ctrl+Enter repeats, and releases nothing.
    if (!(event instanceof KeyboardEvent && (event.repeat || modifiers.has(event.key)))) {
      [this.#isWaiting, this.#target] = [false, undefined];
    }
  };

  readonly #onPageFocus = (): void => {
    const target = this.#target;
    this.#target = undefined;
    if (target?.isConnected) {
      this.move(target);
    }
  };

  readonly #onLeave = ({ relatedTarget }: FocusEvent): void => {
    // Without a target, the focus has left the page or its element.
    this.#hasMoved &&= relatedTarget === null;
  };
}
