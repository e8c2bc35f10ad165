import { Listeners } from "../../core/listeners.ts";
import type { Intent, PressView, Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";

/** An intent that buys, without the id of its press. */
export type BuyIntent<Each = Intent> = Each extends { readonly press: string } ? Omit<Each, "press"> : never;

/** A button that buys: Try Again of a job, or Generate. */
type BuyButton = Pick<PressView, "job">;

/**
 * Presses that this page has sent, until a snapshot shows that the host has handled them. They are
 * not kept over a reload: a reloaded page sends none again.
 */
const pendingPresses = new Map<string, BuyButton>();
const listeners = new Listeners((error) => reportError(error));

const isSameButton = (one: BuyButton, other: BuyButton): boolean => one.job === other.job;

/** Whether the host is still handling a press of the button, which is disabled until then. */
export const isPressed = (button: BuyButton, { presses }: Snapshot): boolean =>
  [...pendingPresses.values(), ...presses.filter(({ isHandled }) => !isHandled)].some((one) =>
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
  listeners.notify();
  return true;
}

/** Forgets the presses that the host has handled. Must be called before a snapshot is shown. */
export function forgetHandledPresses({ presses }: Snapshot): void {
  for (const { id, isHandled } of presses) {
    if (isHandled) {
      pendingPresses.delete(id);
    }
  }
}

/** Calls `listener` after each press, until the function it returns is called. */
export const onPress = (listener: () => void): (() => void) => listeners.subscribe(listener);

/** Click handler of a button that buys: ignores the second click of a double click. */
export const onBuyClick =
  (onClick: () => void) =>
  ({ detail }: MouseEvent): void => {
    if (detail < 2) {
      onClick();
    }
  };
