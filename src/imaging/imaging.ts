import { Worker } from "node:worker_threads";
import type { Draw, Encoded, Operation, Preview, Reply, Shrink } from "./operation.ts";

export type { Encoded };

/** Pictures decoded, resized, drawn and encoded, off the event loop. Each call rejects with an ImagingError, worded for a person. */
export interface Imaging {
  /** See `shrink.ts`: a foreign picture made fit to be sent. */
  shrink(ask: Omit<Shrink, "kind">): Promise<Encoded>;
  /** See `preview.ts`: a WebP thumbnail. */
  preview(ask: Omit<Preview, "kind">): Promise<Encoded>;
  /** See `draw.ts`: layers painted onto a sheet of exact size. */
  draw(ask: Omit<Draw, "kind">): Promise<Encoded>;
  /** Ends the worker; what is under way is rejected, and so is every later call. */
  dispose(): Promise<void>;
}

/** Why a picture could not be worked on, as a sentence; `cause` holds the library's own words, for the log. */
export class ImagingError extends Error {
  override readonly name = "ImagingError";
}

/** Where the worker lives and how long; the limits are measured: wasm memory never shrinks, and a start costs about 0.3 s. */
export interface ImagingOptions {
  /** `dist/imaging-worker.js`, or `worker.ts` when run from sources. */
  readonly workerPath: string | URL;
  /** Milliseconds without a request before the worker is ended; 30 000 by default. */
  readonly idle?: number;
  /** Requests after which the worker is ended as soon as none is under way; 50 by default. */
  readonly jobs?: number;
  /** Told of each worker that starts or ends: for tests and the log. */
  readonly onWorker?: (event: "start" | "end") => void;
}

interface Waiting {
  readonly resolve: (encoded: Encoded) => void;
  readonly reject: (error: ImagingError) => void;
}

const died =
  "The image worker stopped unexpectedly, perhaps for lack of memory. Try again, with a smaller picture if it repeats.";

/** Creates the client of one lazily started worker. Nothing runs, and nothing keeps the process alive, while no request is under way. */
export function createImaging({ workerPath, idle = 30_000, jobs = 50, onWorker }: ImagingOptions): Imaging {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  let served = 0;
  let disposed = false;

  function rejectAll(message: string, cause?: unknown): void {
    for (const { reject } of waiting.values()) reject(new ImagingError(message, { cause }));
    waiting.clear();
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  }

  function rest(): void {
    worker?.unref();
    if (served >= jobs) {
      void end();
      return;
    }
    timer = setTimeout(() => void end(), idle).unref();
  }

  function receive(reply: Reply): void {
    const asker = waiting.get(reply.id);
    waiting.delete(reply.id);
    served += 1;
    if ("encoded" in reply) asker?.resolve(reply.encoded);
    else asker?.reject(new ImagingError(reply.message, { cause: reply.detail }));
    if (waiting.size === 0) rest();
  }

  function start(): Worker {
    const started = new Worker(workerPath, { name: "limn-imaging" });
    served = 0;
    // A worker that was let go may still speak; only the one in use is listened to.
    const lost = (cause: unknown): void => {
      if (worker !== started) return;
      worker = undefined;
      rejectAll(died, cause);
    };
    started.on("message", (reply: Reply) => worker === started && receive(reply));
    started.on("messageerror", lost);
    started.on("error", lost);
    started.on("exit", (code) => {
      lost(`exit code ${code}`);
      onWorker?.("end");
    });
    onWorker?.("start");
    return started;
  }

  function ask(operation: Operation): Promise<Encoded> {
    if (disposed) return Promise.reject(new ImagingError("Limn is shutting down, so the picture was not opened."));
    clearTimeout(timer);
    return new Promise((resolve, reject) => {
      try {
        worker ??= start();
        worker.ref();
        asked += 1;
        // Copied, not transferred: the caller may still want its bytes. Results are transferred.
        worker.postMessage({ id: asked, operation });
        waiting.set(asked, { resolve, reject });
      } catch (cause) {
        reject(new ImagingError(died, { cause }));
      }
    });
  }

  return {
    shrink: (shrink) => ask({ ...shrink, kind: "shrink" }),
    preview: (preview) => ask({ ...preview, kind: "preview" }),
    draw: (draw) => ask({ ...draw, kind: "draw" }),
    async dispose() {
      disposed = true;
      rejectAll("Limn is shutting down, so the picture was not opened.");
      await end();
    },
  };
}
