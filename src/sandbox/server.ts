import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { family as knownFamily } from "../core/models/family.ts";
import type { Family } from "../core/models/model.ts";
import type { Imaging } from "../imaging/imaging.ts";
import { loadTextRenderer } from "./drawing/textRenderer.ts";
import { errorReply, type HttpReply, isPicturePath, jsonReply, servePicture } from "./httpReply.ts";
import { isLoopbackHost, readBounded } from "./loopback.ts";
import { createLedger, type Ledger } from "./store/ledger.ts";
import { createStore } from "./store/store.ts";
import { openTaskLog } from "./store/taskLog.ts";
import type { SandboxContext } from "./tasks/context.ts";
import { ConnectionCutError } from "./tasks/imageInference.ts";
import { createLenientFilter } from "./tasks/lenientFilter.ts";
import { Refusal } from "./tasks/refusal.ts";
import { handleTasks } from "./tasks/taskRequest.ts";

export type { Ledger } from "./store/ledger.ts";

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
  /** 0, the default, chooses a free port. */
  readonly port?: number;
  /** The API key clients must send; random by default. */
  readonly key?: string;
  /**
   * Milliseconds until the first picture of a task, 2500 by default. Each further one takes about a
   * third of that.
   */
  readonly delay?: number;
  /** Initial balance in USD, 100 by default. */
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
  /** The address for tasks: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  readonly key: string;
  /** The tasks accepted and the money billed so far. */
  readonly ledger: Ledger;
  /** The types of the last 1000 tasks received, including refused ones, in order. */
  readonly receivedTaskTypes: readonly string[];
  /** Closes all sockets and timers; resolves when none is left. */
  close(): Promise<void>;
}

const host = "127.0.0.1";
// Ten references of ten megabytes in base64, and room for the rest.
const bodyLimit = 150_000_000;
const taskPaths = new Set(["/v1", "/v1/", "/"]);

const methodNotAllowed = (allow: string): HttpReply => {
  const errors = [{ code: "methodNotAllowed", message: `Use ${allow.replaceAll(", ", " or ")} here.` }];
  return jsonReply(405, { errors }, { Allow: allow });
};

async function handlePost(request: IncomingMessage, key: string, context: SandboxContext): Promise<HttpReply> {
  const tooLarge = errorReply({
    code: "payloadTooLarge",
    message: `A request may have at most ${bodyLimit / 1e6} MB.`,
  });
  if (Number(request.headers["content-length"] ?? 0) > bodyLimit) return tooLarge;
  const body = await readBounded(request.iterator({ destroyOnReturn: false }), bodyLimit);
  if (body === undefined) return tooLarge;
  const { data, errors } = await handleTasks(body, request.headers.authorization, key, context);
  if (data.length === 0 && errors.length > 0) return errorReply(...errors);
  return jsonReply(200, errors.length > 0 ? { data, errors } : { data });
}

async function route(request: IncomingMessage, key: string, context: SandboxContext): Promise<HttpReply> {
  if (!isLoopbackHost(request.headers.host)) {
    return errorReply({ code: "forbidden", message: "The sandbox answers on loopback only." });
  }
  // Browsers send `Origin` with every POST of a page; other programs do not. Source: Fetch
  // Standard, 3.2.
  if (request.headers.origin !== undefined) {
    return errorReply({ code: "forbidden", message: "The sandbox does not answer web pages." });
  }
  const { pathname } = new URL(request.url ?? "/", context.origin());
  if (isPicturePath(pathname)) {
    const isRead = request.method === "GET" || request.method === "HEAD";
    return isRead ? servePicture(pathname, context) : methodNotAllowed("GET, HEAD");
  }
  if (!taskPaths.has(pathname)) return errorReply({ code: "notFound", message: "There is nothing at this address." });
  return request.method === "POST" ? handlePost(request, key, context) : methodNotAllowed("POST");
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  context: SandboxContext,
): Promise<void> {
  let reply: HttpReply;
  try {
    reply = await route(request, key, context);
  } catch (error) {
    if (error instanceof ConnectionCutError || context.closing.aborted || request.socket.destroyed) {
      request.socket.destroy();
      return;
    }
    const internalError = { code: "internalServerError", message: "The sandbox failed at this request." };
    if (!(error instanceof Refusal)) context.log(`The sandbox failed at a request: ${String(error)}`);
    reply = error instanceof Refusal ? errorReply(...error.errors) : errorReply(internalError);
  }
  // Otherwise the rest of an unread body would be parsed as the next request.
  const close = request.complete ? {} : { Connection: "close" };
  // Pages must not embed a picture either. Source: Fetch Standard, 3.7.
  const crossOriginHeaders = { "Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff" };
  const length = { "Content-Length": String(reply.body.length) };
  response.writeHead(reply.status, { ...reply.headers, ...crossOriginHeaders, ...length, ...close });
  response.end(request.method === "HEAD" ? undefined : reply.body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === "EADDRINUSE" ? "another program uses it" : cause.message;
      reject(new Error(`The sandbox cannot listen on port ${port}: ${reason}. Choose another port.`, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/**
 * Starts a local Runware API on loopback.
 * @throws Error with a sentence for the user if the port is taken, or the fonts or the state file
 * cannot be read.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
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
  let origin = `http://${host}`;
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
    origin: () => origin,
    closing: closing.signal,
    log,
    filterTask: options.lenient === true ? createLenientFilter(log) : (task) => task,
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
  for (const task of taskLog.tasks) {
    ledger.record(task);
    store.add(task);
  }
  const server = createServer((request, response) => {
    context.runInBackground("Answering", respond(request, response, key, context));
  });
  // Longer than clients keep a connection, so that none is closed while a client sends a request.
  server.keepAliveTimeout = 120_000;
  origin = `http://${host}:${await listen(server, options.port ?? 0)}`;
  return {
    url: `${origin}/v1`,
    key,
    ledger,
    receivedTaskTypes,
    async close() {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(backgroundWork);
    },
  };
}
