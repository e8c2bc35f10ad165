import type { Ports } from "./ports.ts";

/** Characters of a long text: joining, parsing or decoding it takes milliseconds. */
const longTextLength = 1_000_000;

/**
 * Yields to the event loop between two steps of work on a long text: a picture as base64 is
 * millions of characters, and all extensions share the thread. Rejects with the signal's reason
 * when that aborts.
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
