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

/** How a sandbox is started; all but the first two have defaults. */
export interface SandboxOptions {
  /** Draws the pictures; the sandbox does not dispose it. */
  readonly imaging: Imaging;
  /**
   * The folder with the woff files of Inter: `dist/fonts`, or the `files` folder of
   * `@fontsource/inter`.
   */
  readonly fonts: string | URL;
  /** The models that it plays; all that Limn knows by default. */
  readonly family?: Family;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The API key clients must send; random by default. */
  readonly key?: string;
  /**
   * Milliseconds until the first picture of a task, 2500 by default; further ones follow at about a
   * third of it each.
   */
  readonly delay?: number;
  /** USD to begin with, 100 by default. */
  readonly balance?: number;
  /** The form `accountManagement` tells the balance in; the API is known to use both. */
  readonly balanceFormat?: "number" | "object";
  /** A file that lets accepted tasks outlive this sandbox. */
  readonly stateFile?: string;
  /** Milliseconds since the epoch; tests hand in a clock of their own. */
  readonly now?: () => number;
  /**
   * Leaves out fields for other models, which the vendor's own clients send to all, instead of
   * refusing them.
   */
  readonly lenient?: boolean;
  /** Told what went wrong beside the answers, such as a webhook that cannot be reached. */
  readonly log?: (line: string) => void;
}

/** A sandbox that serves. */
export interface Sandbox {
  /** Where tasks are posted: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  readonly key: string;
  /** What was accepted and billed so far. */
  readonly ledger: Ledger;
  /** The task types of the latest 1000 tasks that came, refused ones among them, in order. */
  readonly receivedTaskTypes: readonly string[];
  /** Lets go of every socket and timer; resolves when nothing is left. */
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
  // Browsers say so of every page that posts; programs have no reason to. Source: Fetch Standard,
  // 3.2.
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
  // A body that was not read to its end would be taken for the next request.
  const close = request.complete ? {} : { Connection: "close" };
  // Nor may a page show what it cannot read. Source: Fetch Standard, 3.7.
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
 * Starts a Runware API on loopback.
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
  // Longer than clients keep a connection, so that none is closed under a request that is just
  // leaving.
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
