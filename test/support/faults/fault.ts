import type { Deed, Seen } from "../front.ts";

/** What a request is for. */
export type Kind = "send" | "poll" | "archive" | "download";

/** The kinds that talk to the API itself. */
export const calls = ["send", "poll", "archive"] as const satisfies readonly Kind[];

/** Every kind. */
export const all = [...calls, "download"] as const satisfies readonly Kind[];

/** Something that goes wrong on the way to the service, at the service, or on the way back. */
export interface Fault {
  /** The requests that can meet it. */
  readonly at: readonly Kind[];
  /** What the front does with a request that meets it; without, the request does not get as far: nobody listens. */
  readonly deed?: (seen: Seen) => Deed;
  /**
   * What a send that meets it is told: `refused`, so that nothing can have been bought, or `busy`, so that it may try again. Without, its
   * fate is unsure.
   */
  readonly send?: "refused" | "busy";
  /** It costs time and nothing else: a request that meets it ends well. */
  readonly harmless?: true;
  /** A download that meets it is not tried again by itself. */
  readonly final?: true;
  /** Milliseconds that each piece of an answer takes. */
  readonly slow?: number;
}

/** Faults by name, as the table in docs/reliability.md has them. */
export type Faults = Readonly<Record<string, Fault>>;

/** What a request is for. */
export function kindOf({ taskType }: Pick<Seen, "taskType">): Kind {
  const kinds: Readonly<Record<string, Kind>> = {
    imageInference: "send",
    getResponse: "poll",
    getTaskDetails: "archive",
  };
  return kinds[taskType] ?? "download";
}
