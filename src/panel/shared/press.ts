import type { Intent, PressView, Snapshot } from "../../protocol.ts";
import { post } from "./vscodeApi.ts";

/** An intent that buys, before its press has an id. */
type BuyIntent<Each = Intent> = Each extends { readonly press: string } ? Omit<Each, "press"> : never;

/** A button that buys: the one of a job that is tried again, or the form's. */
type BuyButton = Pick<PressView, "job">;

/**
 * Presses that this page sent, until a snapshot shows that the host has handled them. They are not
 * kept with the draft: a page that is loaded anew sends none again.
 */
const pendingPresses = new Map<string, BuyButton>();
const listeners = new Set<() => void>();

const isSameButton = (one: BuyButton, other: BuyButton): boolean => one.job === other.job;

/**
 * Whether a press of the button is still being handled. The button is off meanwhile; no timer
 * changes that.
 */
export const isPressed = (button: BuyButton, { presses }: Snapshot): boolean =>
  [...pendingPresses.values(), ...presses.filter(({ isHandled: handled }) => !handled)].some((one) =>
    isSameButton(one, button),
  );

/** An id that no other press has. Browsers have no `crypto.randomUUID` on insecure origins. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Sends a press of a button that buys, unless its last press is still being handled. Returns
 * whether it did.
 */
export function buy(intent: BuyIntent, snapshot: Snapshot): boolean {
  const button = "job" in intent ? { job: intent.job } : {};
  if (isPressed(button, snapshot)) {
    return false;
  }
  const press = newId();
  pendingPresses.set(press, button);
  post({ ...intent, press });
  for (const listener of listeners) {
    listener();
  }
  return true;
}

/**
 * Forgets the presses that the host has handled. To be called with each snapshot before it is
 * shown.
 */
export function forgetHandledPresses({ presses }: Snapshot): void {
  for (const { id, isHandled: handled } of presses) {
    if (handled) {
      pendingPresses.delete(id);
    }
  }
}

/** Calls `listener` after each press, until the function it returns is called. */
export function onPress(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What a click on a button that buys does. The second click of a double click is none. */
export const onBuyClick =
  (onClick: () => void) =>
  ({ detail }: MouseEvent): void => {
    if (detail < 2) {
      onClick();
    }
  };
