import type { Family } from "../../core/models/model.ts";
import type { Imaging } from "../../imaging/imaging.ts";
import type { TextRenderer } from "../drawing/textRenderer.ts";
import type { WritableLedger } from "../store/ledger.ts";
import type { Store } from "../store/store.ts";
import type { TaskLog } from "../store/taskLog.ts";
import type { AcceptedTask } from "./acceptedTask.ts";
import type { ApiError } from "./refusal.ts";
import type { AnyTask } from "./taskSchema.ts";

/** One item of an answer's `data`. */
export type ResponseItem = Readonly<Record<string, unknown>>;

/** The answer to a request or to one task. */
export interface TaskResponse {
  readonly data: readonly ResponseItem[];
  readonly errors: readonly ApiError[];
}

/** What all handlers share. */
export interface SandboxContext {
  /** The models that the sandbox offers. */
  readonly family: Family;
  readonly imaging: Imaging;
  readonly textRenderer: TextRenderer;
  readonly store: Store;
  readonly taskLog: TaskLog;
  readonly ledger: WritableLedger;
  /** Milliseconds until the first picture of a task. */
  readonly delay: number;
  readonly balanceFormat: "number" | "object";
  readonly now: () => number;
  /** The origin of its addresses, such as `http://127.0.0.1:PORT`. */
  readonly origin: () => string;
  /** Aborted when the sandbox closes. */
  readonly closing: AbortSignal;
  readonly log: (line: string) => void;
  /**
   * Returns an accepted task. For an unknown one, it looks first at what the sandboxes of other
   * windows have added to the state file: a window may take over the jobs of one that was closed.
   */
  readonly findTask: (taskUUID: string) => Promise<AcceptedTask | undefined>;
  /** Removes tolerated fields from a task. */
  readonly filterTask: (task: AnyTask) => AnyTask;
  /** Called with the type of each task, for tests. */
  readonly onTaskReceived: (taskType: string) => void;
  /** Lets work continue after the answer; logs its failure. */
  readonly runInBackground: (what: string, work: Promise<void>) => void;
}

/** Answers one task, or throws a Refusal. */
export type TaskHandler = (task: AnyTask, context: SandboxContext) => Promise<TaskResponse>;

/** An answer without errors. */
export const successResponse = (...data: readonly ResponseItem[]): TaskResponse => ({ data, errors: [] });
