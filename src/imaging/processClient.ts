import * as l10n from "@vscode/l10n";
import type { Timer } from "../core/ports.ts";
import { type ImagingFailure, type ImagingResponse, type Operation, pixelLimit } from "./operation.ts";
import { type ImagingProcess, type ProcessListeners, startProcess } from "./startProcess.ts";
import { isMemoryTight } from "./tightMemory.ts";

/**
 * Why an operation failed, with a message for the user; `cause` has the library's own message for
 * the log.
 */
export class ImagingError extends Error {
  override readonly name = "ImagingError";
}

/** Milliseconds without a request before the process is ended: a start takes about 0.3 s. */
const idleTimeout = 5000;

/** The same if there is little memory. Several pictures in a row still share one process. */
const tightIdleTimeout = 500;

/** Path and lifetime of the image process. */
export interface ImagingOptions {
  /** `dist/imaging-process.js`, or `imagingProcess.ts` when run from sources. */
  readonly processPath: string | URL;
  /**
   * Requests after which the process is ended as soon as it is idle, since wasm memory never
   * shrinks; 50 by default.
   */
  readonly maxRequests?: number;
  /** See `Ports.timer`. The default does not keep the process alive. */
  readonly startTimer?: (ms: number, onElapsed: () => void) => Pick<Timer, "cancel">;
  /** See `tightMemory.ts`. */
  readonly isMemoryTight?: () => boolean;
  /** Called when a process starts or ends, for tests and the log. */
  readonly onProcessEvent?: (event: "start" | "end") => void;
}

/** Options of one process. */
interface ProcessClientOptions extends ImagingOptions {
  /** See `startProcess`. */
  readonly optimizesCode: boolean;
}

/** The result of an operation. */
export type Result = Exclude<ImagingResponse, { readonly failure: ImagingFailure }>;

interface PendingRequest {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: ImagingError) => void;
}

const processLostMessage = (): string =>
  l10n.t(
    "The image process stopped unexpectedly, perhaps for lack of memory. Try again, with a smaller picture if it happens again.",
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

function startUnreferencedTimer(ms: number, onElapsed: () => void): Pick<Timer, "cancel"> {
  const timeout = setTimeout(onElapsed, ms).unref();
  return { cancel: () => clearTimeout(timeout) };
}

/** Runs operations in an image process. */
export interface ProcessClient {
  /** Rejects with an ImagingError. */
  run(operation: Operation): Promise<Result>;
  /** See `Imaging`. */
  prepare(): void;
  /** See `Imaging`. */
  dispose(): Promise<void>;
}

/**
 * Creates the client of one process, which starts with the first request. While there is no
 * request, nothing keeps the parent alive.
 */
export function createProcessClient({
  processPath,
  optimizesCode,
  maxRequests = 50,
  startTimer = startUnreferencedTimer,
  isMemoryTight: hasLittleMemory = isMemoryTight,
  onProcessEvent,
}: ProcessClientOptions): ProcessClient {
  const pending = new Map<number, PendingRequest>();
  let current: ImagingProcess | undefined;
  let timer: Pick<Timer, "cancel"> | undefined;
  let lastRequestId = 0;
  let completedRequests = 0;
  let isDisposed = false;

  function rejectAll(message: string, cause?: unknown): void {
    for (const { reject } of pending.values()) reject(new ImagingError(message, { cause }));
    pending.clear();
  }

  async function endProcess(): Promise<void> {
    timer?.cancel();
    const ending = current;
    current = undefined;
    await ending?.end();
  }

  function endWhenIdle(): void {
    current?.setRequired(false);
    timer?.cancel();
    if (completedRequests >= maxRequests) void endProcess();
    else timer = startTimer(hasLittleMemory() ? tightIdleTimeout : idleTimeout, () => void endProcess());
  }

  function onResponse(response: ImagingResponse): void {
    const request = pending.get(response.id);
    pending.delete(response.id);
    completedRequests += 1;
    if ("failure" in response)
      request?.reject(new ImagingError(messageByFailure[response.failure](), { cause: response.detail }));
    else request?.resolve(response);
    if (pending.size === 0) endWhenIdle();
  }

  function start(): ImagingProcess {
    // A process that was ended may still send messages; only the current one counts.
    const listeners: ProcessListeners = {
      onResponse: (response) => current === started && onResponse(response),
      onLost(cause) {
        if (current !== started) return;
        current = undefined;
        rejectAll(processLostMessage(), cause);
      },
      onEnd: () => onProcessEvent?.("end"),
    };
    const started = startProcess(processPath, listeners, optimizesCode);
    completedRequests = 0;
    onProcessEvent?.("start");
    return started;
  }

  function run(operation: Operation): Promise<Result> {
    if (isDisposed) return Promise.reject(new ImagingError(shutDownMessage()));
    timer?.cancel();
    lastRequestId += 1;
    const id = lastRequestId;
    return new Promise((resolve, reject) => {
      try {
        current ??= start();
        current.setRequired(true);
        pending.set(id, { resolve, reject });
        current.send({ id, operation });
      } catch (cause) {
        pending.delete(id);
        reject(new ImagingError(processLostMessage(), { cause }));
      }
    });
  }

  return {
    run,
    prepare() {
      if (isDisposed || pending.size > 0) return;
      try {
        current ??= start();
        endWhenIdle();
      } catch {
        // The request will fail for the same reason, and say it.
      }
    },
    async dispose() {
      isDisposed = true;
      rejectAll(shutDownMessage());
      await endProcess();
    },
  };
}
