import type { ProxyAction, RecordedRequest } from "../faultProxy.ts";

/** What a request is for. */
export type RequestKind = "send" | "poll" | "archive" | "download";

/** The kinds that talk to the API itself. */
export const apiRequestKinds = ["send", "poll", "archive"] as const satisfies readonly RequestKind[];

/** Every kind. */
export const requestKinds = [...apiRequestKinds, "download"] as const satisfies readonly RequestKind[];

/** Something that goes wrong on the way to the service, at the service, or on the way back. */
export interface Fault {
  /** The requests that can meet it. */
  readonly kinds: readonly RequestKind[];
  /**
   * What the front does with a request that meets it; without, the request does not get as far:
   * nobody listens.
   */
  readonly action?: (seen: RecordedRequest) => ProxyAction;
  /**
   * What a send that meets it is told: `refused`, so that nothing can have been bought, or `busy`,
   * so that it may try again. Without, its fate is unsure.
   */
  readonly sendOutcome?: "refused" | "busy";
  /** It costs time and nothing else: a request that meets it ends well. */
  readonly isHarmless?: true;
  /** A download that meets it is not tried again by itself. */
  readonly isFinal?: true;
  /** Milliseconds that each piece of an answer takes. */
  readonly msPerPiece?: number;
}

/** Faults by name, as the table in docs/reliability.md has them. */
export type Faults = Readonly<Record<string, Fault>>;

/** What a request is for. */
export function requestKindOf({ taskType }: Pick<RecordedRequest, "taskType">): RequestKind {
  const kinds: Readonly<Record<string, RequestKind>> = {
    imageInference: "send",
    getResponse: "poll",
    getTaskDetails: "archive",
  };
  return kinds[taskType] ?? "download";
}
