import type { ProxyAction, RecordedRequest } from "../faultProxy.ts";

/** What a request is for. */
export type RequestKind = "send" | "poll" | "archive" | "download";

/** The kinds of requests to the API itself. */
export const apiRequestKinds = ["send", "poll", "archive"] as const satisfies readonly RequestKind[];

/** All kinds of requests. */
export const requestKinds = [...apiRequestKinds, "download"] as const satisfies readonly RequestKind[];

/** A failure on the way to the service, in the service, or on the way back. */
export interface Fault {
  /** The kinds of requests that it can affect. */
  readonly kinds: readonly RequestKind[];
  /** What the proxy does with an affected request; if absent, the proxy does not even listen. */
  readonly action?: (seen: RecordedRequest) => ProxyAction;
  /**
   * Outcome of an affected send: `refused` if nothing can have been bought, `busy` if it may try
   * again. If absent, the outcome is unknown.
   */
  readonly sendOutcome?: "refused" | "busy";
  /** It only costs time: affected requests succeed. */
  readonly isHarmless?: true;
  /** An affected download is not retried automatically. */
  readonly isFinal?: true;
  /** Time for each piece of an answer, in milliseconds. */
  readonly msPerPiece?: number;
}

/** Faults by their names in docs/reliability.md. */
export type Faults = Readonly<Record<string, Fault>>;

/** Returns what a request is for. */
export function requestKindOf({ taskType }: Pick<RecordedRequest, "taskType">): RequestKind {
  const kinds: Readonly<Record<string, RequestKind>> = {
    imageInference: "send",
    removeBackground: "send",
    upscale: "send",
    getResponse: "poll",
    getTaskDetails: "archive",
  };
  return kinds[taskType] ?? "download";
}
