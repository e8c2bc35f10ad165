import type { Ports, Timer } from "../../../src/core/ports.ts";

/** A call that is under way, as both of its ends know it. */
interface Call {
  readonly path: string;
  readonly body: string;
}

/** How long a call is still waited for. */
interface Waiting extends Timer {
  readonly ms: number;
  /** Milliseconds until it rings. */
  left: number;
  readonly ring: () => void;
  call: Call | undefined;
}

/**
 * The line between a window and the network: the calls are real, and only the time they take is
 * made up.
 */
export interface Line {
  readonly fetch: Ports["fetch"];
  readonly alarm: Ports["timer"];
  /** Lets a call that somebody keeps hanging hang until nobody bears it any more. */
  hang(call: Call): void;
  /** From now on every piece of an answer takes this long, in milliseconds. */
  slowDown(ms: number): void;
  /** How many calls are waited for. */
  waiting(): number;
}

/** A line on which nothing takes any time, unless it is told otherwise. */
export function createLine(): Line {
  const alarms = new Set<Waiting>();
  let newest: Waiting | undefined;
  let pieceTime = 0;

  function pass(alarm: Waiting, ms: number): void {
    alarm.left -= ms;
    if (alarm.left <= 0 && alarms.delete(alarm)) {
      alarm.ring();
    }
  }

  return {
    alarm(ms, ring) {
      const alarm: Waiting = {
        ms,
        left: ms,
        ring,
        call: undefined,
        restart() {
          alarm.left = ms;
        },
        cancel() {
          alarms.delete(alarm);
        },
      };
      alarms.add(alarm);
      newest = alarm;
      return alarm;
    },
    async fetch(address, init) {
      // Whoever calls sets the alarm for it in the same breath.
      const alarm = newest;
      newest = undefined;
      if (alarm !== undefined && URL.canParse(address)) {
        alarm.call = { path: new URL(address).pathname, body: typeof init.body === "string" ? init.body : "" };
      }
      const response = await fetch(address, init);
      if (pieceTime === 0 || alarm === undefined || response.body === null) {
        return response;
      }
      const slow = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          pass(alarm, pieceTime);
          controller.enqueue(piece);
        },
      });
      return new Response(response.body.pipeThrough(slow), response);
    },
    hang({ path, body }) {
      for (const alarm of alarms) {
        if (alarm.call?.path === path && alarm.call.body === body) {
          pass(alarm, alarm.ms);
        }
      }
    },
    slowDown(ms) {
      pieceTime = ms;
    },
    waiting: () => alarms.size,
  };
}
