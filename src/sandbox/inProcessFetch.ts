import { unlessStopped } from "../core/unlessStopped.ts";
import type { RequestHandler } from "./requestHandler.ts";

/** `fetch` for the addresses of one sandbox. */
export type SandboxFetch = (url: string, init: RequestInit) => Promise<Response>;

/** The error of a connection that was never established, like Node's. */
const connectError = (message: string): Error => Object.assign(new Error(message), { code: "ECONNREFUSED" });

/**
 * Returns a `fetch` that passes requests to the handler, within the process and without a socket.
 * It knows only the addresses of `origin` and never uses the network. As the global one, it rejects
 * with the signal's reason at once when that aborts, and with a `TypeError` if there is no answer.
 */
export function createInProcessFetch(handle: RequestHandler, origin: () => string, closing: AbortSignal): SandboxFetch {
  return async (url, init) => {
    const request = new Request(url, init);
    request.signal.throwIfAborted();
    try {
      if (new URL(url).origin !== origin()) throw connectError("The sandbox has nothing at other addresses.");
      if (closing.aborted) throw connectError("The sandbox is closed.");
      return await unlessStopped(handle(request), AbortSignal.any([request.signal, closing]));
    } catch (error) {
      request.signal.throwIfAborted();
      throw new TypeError("fetch failed", { cause: error });
    }
  };
}
