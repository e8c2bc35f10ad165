import type { Imaging } from "../../imaging/imaging.ts";
import type { TextRenderer } from "../drawing/textRenderer.ts";
import type { WritableLedger } from "../store/ledger.ts";
import type { Store } from "../store/store.ts";
import type { TaskLog } from "../store/taskLog.ts";
import type { ApiError } from "./refusal.ts";
import type { AnyTask } from "./taskSchema.ts";

/** One item of an answer's `data`. */
export type ResponseItem = Readonly<Record<string, unknown>>;

/** What a request is answered with. */
export interface TaskResponse {
  readonly data: readonly ResponseItem[];
  readonly errors: readonly ApiError[];
}

/** Everything the handlers share. */
export interface SandboxContext {
  readonly imaging: Imaging;
  readonly textRenderer: TextRenderer;
  readonly store: Store;
  readonly taskLog: TaskLog;
  readonly ledger: WritableLedger;
  /** Milliseconds until the first picture of a task. */
  readonly delay: number;
  readonly balanceFormat: "number" | "object";
  readonly now: () => number;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: () => string;
  /** Aborted when the sandbox closes. */
  readonly closing: AbortSignal;
  readonly log: (line: string) => void;
  /** Takes out of a task what is tolerated; gives it back as it came where nothing is. */
  readonly filterTask: (task: AnyTask) => AnyTask;
  /** Told of each task that comes, for tests. */
  readonly onTaskReceived: (taskType: string) => void;
  /** Lets work go on after the answer; a failure goes to the log. */
  readonly runInBackground: (what: string, work: Promise<void>) => void;
}

/** Answers one task; what it refuses it throws as a Refusal. */
export type TaskHandler = (task: AnyTask, context: SandboxContext) => Promise<TaskResponse>;

/** An answer without errors. */
export const successResponse = (...data: readonly ResponseItem[]): TaskResponse => ({ data, errors: [] });
