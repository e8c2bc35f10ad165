import type { Ports, Timer } from "../../../src/core/ports.ts";

/** A running call, identified by what client and proxy both know. */
interface Call {
  readonly path: string;
  readonly body: string;
}

/** The timeout of a running call. */
interface CallTimeout extends Timer {
  readonly ms: number;
  /** Milliseconds until `onTimeout` is called. */
  remainingMs: number;
  readonly onTimeout: () => void;
  call: Call | undefined;
}

/** Makes real calls, but simulates the time that they take. */
export interface FetchTiming {
  readonly fetch: Ports["fetch"];
  readonly timer: Ports["timer"];
  /** Lets a hanging call reach its timeout. */
  expireTimeout(call: Call): void;
  /** Sets the simulated milliseconds between the pieces of an answer. */
  setMsPerPiece(ms: number): void;
  /** The number of running calls. */
  pendingCount(): number;
}

/** Calls take no simulated time until `setMsPerPiece` or `expireTimeout` is called. */
export function createFetchTiming(): FetchTiming {
  const timeouts = new Set<CallTimeout>();
  let latest: CallTimeout | undefined;
  let msPerPiece = 0;

  function elapse(timeout: CallTimeout, ms: number): void {
    timeout.remainingMs -= ms;
    if (timeout.remainingMs <= 0 && timeouts.delete(timeout)) {
      timeout.onTimeout();
    }
  }

  return {
    timer(ms, onTimeout) {
      const timeout: CallTimeout = {
        ms,
        remainingMs: ms,
        onTimeout,
        call: undefined,
        restart() {
          timeout.remainingMs = ms;
        },
        cancel() {
          timeouts.delete(timeout);
        },
      };
      timeouts.add(timeout);
      latest = timeout;
      return timeout;
    },
    async fetch(address, init) {
      // The client starts the timeout synchronously before it calls fetch.
      const timeout = latest;
      latest = undefined;
      if (timeout !== undefined && URL.canParse(address)) {
        timeout.call = { path: new URL(address).pathname, body: typeof init.body === "string" ? init.body : "" };
      }
      const response = await fetch(address, init);
      if (msPerPiece === 0 || timeout === undefined || response.body === null) {
        return response;
      }
      const slow = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          elapse(timeout, msPerPiece);
          controller.enqueue(piece);
        },
      });
      return new Response(response.body.pipeThrough(slow), response);
    },
    expireTimeout({ path, body }) {
      for (const timeout of timeouts) {
        if (timeout.call?.path === path && timeout.call.body === body) {
          elapse(timeout, timeout.ms);
        }
      }
    },
    setMsPerPiece(ms) {
      msPerPiece = ms;
    },
    pendingCount: () => timeouts.size,
  };
}
