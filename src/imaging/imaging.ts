import { Worker } from "node:worker_threads";
import * as l10n from "@vscode/l10n";
import {
  type Draw,
  type Encoded,
  type ImagingFailure,
  type Operation,
  type Preview,
  pixelLimit,
  type Shrink,
  type WorkerResponse,
} from "./operation.ts";

export type { Encoded };

/**
 * Decodes, resizes, draws and encodes pictures off the event loop. Each call rejects with an
 * ImagingError, whose message is for the user.
 */
export interface Imaging {
  /** See `shrink.ts`: prepares a picture for sending. */
  shrink(options: Omit<Shrink, "kind">): Promise<Encoded>;
  /** See `preview.ts`: a WebP thumbnail. */
  preview(options: Omit<Preview, "kind">): Promise<Encoded>;
  /** See `draw.ts`: draws layers onto a canvas. */
  draw(options: Omit<Draw, "kind">): Promise<Encoded>;
  /** Ends the worker. Running calls, and all later ones, reject. */
  dispose(): Promise<void>;
}

/**
 * Why an operation failed, with a message for the user; `cause` has the library's own message for
 * the log.
 */
export class ImagingError extends Error {
  override readonly name = "ImagingError";
}

/**
 * Path and lifetime of the worker. The limits are measured: wasm memory never shrinks, and a start
 * takes about 0.3 s.
 */
export interface ImagingOptions {
  /** `dist/imaging-worker.js`, or `worker.ts` when run from sources. */
  readonly workerPath: string | URL;
  /** Milliseconds without a request before the worker is ended; 30,000 by default. */
  readonly idleTimeout?: number;
  /** Requests after which the worker is ended as soon as it is idle; 50 by default. */
  readonly maxRequests?: number;
  /** Called when a worker starts or ends, for tests and the log. */
  readonly onWorkerEvent?: (event: "start" | "end") => void;
}

interface PendingRequest {
  readonly resolve: (encoded: Encoded) => void;
  readonly reject: (error: ImagingError) => void;
}

const workerStoppedMessage = (): string =>
  l10n.t(
    "The image worker stopped unexpectedly, perhaps for lack of memory. Try again, with a smaller picture if it repeats.",
  );

const shutDownMessage = (): string => l10n.t("Limn is shutting down, so the picture was not opened.");

const messageByFailure: Readonly<Record<ImagingFailure, () => string>> = {
  format: () => l10n.t("This file is not a PNG, JPEG or WebP picture. Choose another file, or convert it first."),
  pixels: () =>
    l10n.t("This picture is larger than the {0} megapixels Limn opens. Make it smaller first.", pixelLimit / 1_000_000),
  memory: () => l10n.t("There is not enough memory to open this picture. Make it smaller first."),
  damaged: () =>
    l10n.t("This picture is cut off or damaged and cannot be opened. Save it again, or choose another file."),
  size: () => l10n.t("This picture cannot be made small enough to be sent. Choose another one."),
};

/**
 * Creates the client of one worker, which starts with the first request. While there is no request,
 * nothing keeps the process alive.
 */
export function createImaging({
  workerPath,
  idleTimeout = 30_000,
  maxRequests = 50,
  onWorkerEvent,
}: ImagingOptions): Imaging {
  const pending = new Map<number, PendingRequest>();
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastRequestId = 0;
  let completedRequests = 0;
  let isDisposed = false;

  function rejectAll(message: string, cause?: unknown): void {
    for (const { reject } of pending.values()) reject(new ImagingError(message, { cause }));
    pending.clear();
  }

  async function terminateWorker(): Promise<void> {
    clearTimeout(timer);
    const terminating = worker;
    worker = undefined;
    await terminating?.terminate();
  }

  function scheduleTermination(): void {
    worker?.unref();
    if (completedRequests >= maxRequests) {
      void terminateWorker();
      return;
    }
    timer = setTimeout(() => void terminateWorker(), idleTimeout).unref();
  }

  function onResponse(reply: WorkerResponse): void {
    const request = pending.get(reply.id);
    pending.delete(reply.id);
    completedRequests += 1;
    if ("encoded" in reply) request?.resolve(reply.encoded);
    else request?.reject(new ImagingError(messageByFailure[reply.failure](), { cause: reply.detail }));
    if (pending.size === 0) scheduleTermination();
  }

  function startWorker(): Worker {
    const started = new Worker(workerPath, { name: "limn-imaging" });
    completedRequests = 0;
    // A worker that was terminated may still send messages; only the current one counts.
    const onWorkerLost = (cause: unknown): void => {
      if (worker !== started) return;
      worker = undefined;
      rejectAll(workerStoppedMessage(), cause);
    };
    started.on("message", (reply: WorkerResponse) => worker === started && onResponse(reply));
    started.on("messageerror", onWorkerLost);
    started.on("error", onWorkerLost);
    started.on("exit", (code) => {
      onWorkerLost(new Error(`The worker exited with code ${code}.`));
      onWorkerEvent?.("end");
    });
    onWorkerEvent?.("start");
    return started;
  }

  function sendRequest(operation: Operation): Promise<Encoded> {
    if (isDisposed) return Promise.reject(new ImagingError(shutDownMessage()));
    clearTimeout(timer);
    return new Promise((resolve, reject) => {
      try {
        worker ??= startWorker();
        worker.ref();
        lastRequestId += 1;
        // Copied, not transferred: the caller may still need its bytes. Results are transferred.
        worker.postMessage({ id: lastRequestId, operation });
        pending.set(lastRequestId, { resolve, reject });
      } catch (cause) {
        reject(new ImagingError(workerStoppedMessage(), { cause }));
      }
    });
  }

  return {
    shrink: (shrink) => sendRequest({ ...shrink, kind: "shrink" }),
    preview: (preview) => sendRequest({ ...preview, kind: "preview" }),
    draw: (draw) => sendRequest({ ...draw, kind: "draw" }),
    async dispose() {
      isDisposed = true;
      rejectAll(shutDownMessage());
      await terminateWorker();
    },
  };
}
