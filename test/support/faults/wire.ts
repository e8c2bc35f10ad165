import type { ExchangePoint, ProxyAction, RecordedRequest } from "../faultProxy.ts";
import { apiRequestKinds, type Fault, type Faults, requestKinds } from "./fault.ts";

const atEveryRequest = (action: ProxyAction): Fault => ({ kinds: requestKinds, action: () => action });

/** The API answers with its own JSON, the image host with an empty body. */
const answerWithApiStatus =
  (code: number, headers: Record<string, string> = {}) =>
  ({ taskType }: RecordedRequest): ProxyAction => ({
    answer: {
      status: code,
      headers,
      body: taskType === "" ? "" : JSON.stringify({ errors: [{ code: "", message: "Not now." }] }),
    },
  });

const pointNames = {
  before: "before the service receives the request",
  after: "after the service has answered",
  status: "in the status line",
  headers: "in the headers",
  body: "in the body",
} as const satisfies Record<ExchangePoint, string>;

const exchangePoints = ["before", "after", "status", "headers", "body"] as const satisfies readonly ExchangePoint[];

const cuts = exchangePoints.map(
  (place) => [`the connection is cut ${pointNames[place]}`, atEveryRequest({ cut: place })] as const,
);
const hangs = exchangePoints.map(
  (place) => [`the connection hangs ${pointNames[place]}`, atEveryRequest({ hang: place })] as const,
);

/** Faults of connections, and HTTP statuses of overload. */
export const wireFaults: Faults = {
  "the connection is refused": { kinds: requestKinds, sendOutcome: "refused" },
  ...Object.fromEntries(cuts),
  ...Object.fromEntries(hangs),
  // 30 pieces of 25 s each: more than ten minutes for one answer.
  "the answer arrives slowly": {
    kinds: requestKinds,
    action: () => ({ pieces: 30 }),
    msPerPiece: 25_000,
    isHarmless: true,
  },
  "HTTP 408": { kinds: requestKinds, action: answerWithApiStatus(408) },
  "HTTP 429": { kinds: requestKinds, action: answerWithApiStatus(429), sendOutcome: "busy" },
  "HTTP 429 with Retry-After": {
    kinds: requestKinds,
    action: answerWithApiStatus(429, { "retry-after": "7" }),
    sendOutcome: "busy",
  },
  "HTTP 429 with a Retry-After of a day": {
    kinds: requestKinds,
    action: answerWithApiStatus(429, { "retry-after": "86400" }),
    sendOutcome: "busy",
  },
  "HTTP 500": { kinds: requestKinds, action: answerWithApiStatus(500) },
  "HTTP 502": { kinds: requestKinds, action: answerWithApiStatus(502) },
  "HTTP 503": { kinds: requestKinds, action: answerWithApiStatus(503) },
  "HTTP 503 with Retry-After": { kinds: requestKinds, action: answerWithApiStatus(503, { "retry-after": "30" }) },
  "HTTP 504": { kinds: requestKinds, action: answerWithApiStatus(504) },
  "a redirect to elsewhere": {
    kinds: requestKinds,
    action: () => ({ answer: { status: 307, body: "", headers: { location: "/elsewhere" } } }),
    sendOutcome: "refused",
  },
  "HTTP 502 with a page of HTML": {
    kinds: apiRequestKinds,
    action: () => ({ answer: { status: 502, body: "<!doctype html><title>Bad gateway</title>" } }),
  },
  "HTTP 403 with a page of HTML": {
    kinds: apiRequestKinds,
    action: () => ({ answer: { status: 403, body: "<!doctype html><title>Checking your browser</title>" } }),
    sendOutcome: "refused",
  },
};
