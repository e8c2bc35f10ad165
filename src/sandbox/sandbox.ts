import { randomBytes } from "node:crypto";
import { family as knownFamily } from "../core/models/family.ts";
import type { Family } from "../core/models/model.ts";
import type { Imaging } from "../imaging/imaging.ts";
import { loadTextRenderer } from "./drawing/textRenderer.ts";
import { createInProcessFetch, type SandboxFetch } from "./inProcessFetch.ts";
import { createRequestHandler, type RequestHandler } from "./requestHandler.ts";
import { createLedger, type Ledger } from "./store/ledger.ts";
import { createStore } from "./store/store.ts";
import { openTaskLog } from "./store/taskLog.ts";
import type { AcceptedTask } from "./tasks/acceptedTask.ts";
import type { SandboxContext } from "./tasks/context.ts";
import { createLenientFilter } from "./tasks/lenientFilter.ts";

// For VS Code, in which the sandbox is one bundle.
export { createDraftPainter } from "./drawing/draftPainter.ts";

/** Options of a sandbox; all but the first two have defaults. */
export interface SandboxOptions {
  /** Draws the pictures; the sandbox does not dispose it. */
  readonly imaging: Imaging;
  /**
   * The folder with the woff files of Inter: `dist/fonts`, or the `files` folder of
   * `@fontsource/inter`.
   */
  readonly fonts: string | URL;
  /** The models that it offers; by default all that Limn knows. */
  readonly family?: Family;
  /** The API key clients must send; random by default. */
  readonly key?: string;
  /**
   * Milliseconds until the first picture of a task, 2500 by default. Each further one takes about a
   * third of that.
   */
  readonly delay?: number;
  /** Initial balance in USD, 100 by default; infinite if it never refuses a task. */
  readonly balance?: number;
  /** The form of the balance in `accountManagement`; the API uses both. */
  readonly balanceFormat?: "number" | "object";
  /** A file that keeps accepted tasks for the next sandbox. */
  readonly stateFile?: string;
  /** Returns milliseconds since the epoch; tests pass their own clock. */
  readonly now?: () => number;
  /**
   * Ignores fields for other models instead of refusing them: the vendor's own clients send them to
   * all models.
   */
  readonly lenient?: boolean;
  /** Called with problems that no answer reports, such as a webhook that cannot be reached. */
  readonly log?: (line: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
  /** The address for tasks. */
  readonly url: string;
  readonly key: string;
  /** The tasks accepted and the money billed so far. */
  readonly ledger: Ledger;
  /** The types of the last 1000 tasks received, including refused ones, in order. */
  readonly receivedTaskTypes: readonly string[];
  /** Answers a request; see `createRequestHandler`. */
  readonly handle: RequestHandler;
  /** Answers requests to its addresses within the process; see `createInProcessFetch`. */
  readonly fetch: SandboxFetch;
  /** Ends all requests, deliveries and timers; resolves when none is left. */
  close(): Promise<void>;
}

/**
 * The origin of a sandbox that is used within its process. Its name can never be resolved, so no
 * other program can serve it, and a request that went to the network by mistake would end there.
 * Source: RFC 6761, section 6.4.
 */
const inProcessOrigin = "https://sandbox.invalid";

/**
 * Starts a Runware API in this process. It opens no port; `server.ts` serves it over HTTP.
 * `origin`: where its pictures have their addresses.
 * @throws the file system's error if the fonts or the state file cannot be read.
 */
export async function startSandbox(
  options: SandboxOptions,
  origin: () => string = () => inProcessOrigin,
): Promise<Sandbox> {
  const { key = randomBytes(16).toString("hex"), now = Date.now, log = () => {}, imaging } = options;
  const family = options.family ?? knownFamily;
  const closing = new AbortController();
  const backgroundWork = new Set<Promise<void>>();
  const receivedTaskTypes: string[] = [];
  const [textRenderer, taskLog] = await Promise.all([
    loadTextRenderer(options.fonts),
    openTaskLog(options.stateFile, family),
  ]);
  const store = createStore();
  const ledger = createLedger(options.balance ?? 100);
  function learn(tasks: readonly AcceptedTask[]): void {
    for (const task of tasks) {
      if (ledger.acceptedCount(task.request.taskUUID) > 0) continue;
      ledger.record(task);
      store.add(task);
    }
  }
  const context: SandboxContext = {
    family,
    imaging,
    textRenderer,
    store,
    taskLog,
    ledger,
    delay: options.delay ?? 2500,
    balanceFormat: options.balanceFormat ?? "number",
    now,
    origin,
    closing: closing.signal,
    log,
    filterTask: options.lenient === true ? createLenientFilter(log) : (task) => task,
    async findTask(taskUUID) {
      if (ledger.acceptedCount(taskUUID) === 0) {
        try {
          learn(await taskLog.readAdded());
        } catch (error) {
          log(`The state file could not be read: ${String(error)}`);
        }
      }
      return store.tasks.get(taskUUID);
    },
    onTaskReceived(taskType) {
      receivedTaskTypes.push(taskType);
      if (receivedTaskTypes.length > 1000) receivedTaskTypes.shift();
    },
    runInBackground(description, work) {
      const tracked = work
        .catch((error: unknown) => {
          if (!closing.signal.aborted) log(`${description} failed: ${String(error)}`);
        })
        .finally(() => backgroundWork.delete(tracked));
      backgroundWork.add(tracked);
    },
  };
  learn(taskLog.tasks);
  const handleRequest = createRequestHandler(key, context);
  const handle: RequestHandler = (request) => {
    const response = handleRequest(request);
    // The caller handles a rejection.
    const settle = () => {};
    context.runInBackground("Answering", response.then(settle, settle));
    return response;
  };
  return {
    get url() {
      return `${origin()}/v1`;
    },
    key,
    ledger,
    receivedTaskTypes,
    handle,
    fetch: createInProcessFetch(handle, origin, closing.signal),
    async close() {
      closing.abort();
      await Promise.all(backgroundWork);
    },
  };
}
