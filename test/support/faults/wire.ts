import type { Deed, Place, Seen } from "../front.ts";
import { all, calls, type Fault, type Faults } from "./fault.ts";

const at = (deed: Deed): Fault => ({ at: all, deed: () => deed });

/** The API says it in its own words, the picture's server with a bare status. */
const status =
  (code: number, headers: Record<string, string> = {}) =>
  ({ taskType }: Seen): Deed => ({
    answer: {
      status: code,
      headers,
      body: taskType === "" ? "" : JSON.stringify({ errors: [{ code: "", message: "Not now." }] }),
    },
  });

const places = {
  before: "before the service hears of it",
  after: "after the service has answered",
  status: "in the status line",
  headers: "in the headers",
  body: "in the body",
} as const satisfies Record<Place, string>;

const everyPlace = ["before", "after", "status", "headers", "body"] as const satisfies readonly Place[];

const cuts = everyPlace.map((place) => [`the connection is cut ${places[place]}`, at({ cut: place })] as const);
const hangs = everyPlace.map((place) => [`the connection hangs ${places[place]}`, at({ hang: place })] as const);

/** Faults of connections, and statuses that speak of overload. */
export const wireFaults: Faults = {
  "the connection is refused": { at: all, send: "refused" },
  ...Object.fromEntries(cuts),
  ...Object.fromEntries(hangs),
  // 30 pieces of 25 s each: more than ten minutes for one answer.
  "the answer comes in a slow drip": { at: all, deed: () => ({ pieces: 30 }), slow: 25_000, harmless: true },
  "HTTP 408": { at: all, deed: status(408) },
  "HTTP 429": { at: all, deed: status(429), send: "busy" },
  "HTTP 429 with Retry-After": { at: all, deed: status(429, { "retry-after": "7" }), send: "busy" },
  "HTTP 429 with a Retry-After of a day": { at: all, deed: status(429, { "retry-after": "86400" }), send: "busy" },
  "HTTP 500": { at: all, deed: status(500) },
  "HTTP 502": { at: all, deed: status(502) },
  "HTTP 503": { at: all, deed: status(503) },
  "HTTP 503 with Retry-After": { at: all, deed: status(503, { "retry-after": "30" }) },
  "HTTP 504": { at: all, deed: status(504) },
  "a redirect to elsewhere": {
    at: all,
    deed: () => ({ answer: { status: 307, body: "", headers: { location: "/elsewhere" } } }),
    send: "refused",
  },
  "HTTP 502 with a page of HTML": {
    at: calls,
    deed: () => ({ answer: { status: 502, body: "<!doctype html><title>Bad gateway</title>" } }),
  },
  "HTTP 403 with a page of HTML": {
    at: calls,
    deed: () => ({ answer: { status: 403, body: "<!doctype html><title>Checking your browser</title>" } }),
    send: "refused",
  },
};
