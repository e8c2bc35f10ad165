import type { Imaging } from "../imaging/imaging.ts";
import type { Journal } from "./journal.ts";
import type { WritableLedger } from "./ledger.ts";
import type { Lettering } from "./lettering.ts";
import type { ApiError } from "./refusal.ts";
import type { AnyTask } from "./schema.ts";
import type { Store } from "./store.ts";

/** One item of an answer's `data`. */
export type Item = Readonly<Record<string, unknown>>;

/** What a request is answered with. */
export interface Answer {
  readonly data: readonly Item[];
  readonly errors: readonly ApiError[];
}

/** Everything the handlers share. */
export interface Context {
  readonly imaging: Imaging;
  readonly lettering: Lettering;
  readonly store: Store;
  readonly journal: Journal;
  readonly ledger: WritableLedger;
  /** Milliseconds until the first picture of a task. */
  readonly delay: number;
  readonly balanceForm: "number" | "object";
  readonly now: () => number;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: () => string;
  /** Aborted when the sandbox closes. */
  readonly closing: AbortSignal;
  readonly log: (line: string) => void;
  /** Takes out of a task what is tolerated; gives it back as it came where nothing is. */
  readonly tolerate: (task: AnyTask) => AnyTask;
  /** Told of each task that comes, for tests. */
  readonly received: (taskType: string) => void;
  /** Lets work go on after the answer; a failure goes to the log. */
  readonly background: (what: string, work: Promise<void>) => void;
}

/** Answers one task; what it refuses it throws as a Refusal. */
export type Handler = (task: AnyTask, context: Context) => Promise<Answer>;

/** An answer without errors. */
export const answered = (...data: readonly Item[]): Answer => ({ data, errors: [] });
