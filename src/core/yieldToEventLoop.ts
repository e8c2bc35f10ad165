import type { Ports } from "./ports.ts";

/**
 * Characters from which on a text is long: to join, parse or decode so many takes the thread for
 * milliseconds.
 */
const longTextLength = 1_000_000;

/**
 * Lets others have their turn between two pieces of work on a text, if it is long: a picture as
 * base64 is millions of characters, and the thread is that of all extensions. Rejects with the
 * signal's reason when that aborts.
 */
export const yieldToEventLoop = async (
  ports: Pick<Ports, "sleep">,
  text: string,
  signal: AbortSignal,
): Promise<void> => {
  if (text.length >= longTextLength) {
    await ports.sleep(0, signal);
  }
};
