import { fork } from "node:child_process";
import { once } from "node:events";
import { type ImagingRequest, type ImagingResponse, optimizeArgument } from "./operation.ts";

/** A running image process. */
export interface ImagingProcess {
  /** Its id at the system; `undefined` if it could not be started. */
  readonly pid: number | undefined;
  send(request: ImagingRequest): void;
  /** Whether the process keeps its parent alive. */
  setRequired(isRequired: boolean): void;
  /** Ends the process at once. Resolves when it has ended. */
  end(): Promise<void>;
}

/** Who is called with the events of a process. */
export interface ProcessListeners {
  readonly onResponse: (response: ImagingResponse) => void;
  /** Called if the process cannot start or be reached, and when it has ended; perhaps twice. */
  readonly onLost: (cause: unknown) => void;
  /** Called once, when the process has ended. */
  readonly onEnd: () => void;
}

/**
 * Variables that the process gets. It opens pictures from outside, so it gets nothing that may be
 * secret, above all no API key.
 */
const passedVariables =
  /^(PATH|HOME|USERPROFILE|SYSTEMROOT|WINDIR|TEMP|TMP|TMPDIR|LANG|LC_ALL|(LD|DYLD)_LIBRARY_PATH|SNAP)$/i;

/**
 * Bytes of an allocation that glibc returns to the system when it is freed. Without it, glibc
 * raises its own threshold to the 9 MB of the library's file, and keeps 2 MB.
 */
const mmapThreshold = "65536";

/**
 * What Node's snapshot has put into the heaps of its threads is never collected: 4 MB in three of
 * them. Without the snapshot, a start takes 0.04 s of processor time more (measured in Node 24).
 */
const withoutSnapshot = "--no-node-snapshot";

function processEnvironment(optimizesCode: boolean): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => passedVariables.test(name))),
    // In desktop VS Code, the executable of the extension host is Electron.
    ELECTRON_RUN_AS_NODE: "1",
    // Threads share one heap, so that less freed memory is held back (glibc).
    MALLOC_ARENA_MAX: "1",
    ...(optimizesCode ? {} : { MALLOC_MMAP_THRESHOLD_: mmapThreshold }),
  };
}

/**
 * Starts an image process. `path`: `dist/imaging-process.js`, or `imagingProcess.ts`.
 * `optimizesCode`: see `compileCode.ts`.
 */
export function startProcess(
  path: string | URL,
  { onResponse, onLost, onEnd }: ProcessListeners,
  optimizesCode = false,
): ImagingProcess {
  const child = fork(path, optimizesCode ? [optimizeArgument] : [], {
    serialization: "advanced",
    // Without the parent's options, such as the port of a debugger. An unknown one would end it.
    execArgv: !optimizesCode && process.allowedNodeEnvironmentFlags.has(withoutSnapshot) ? [withoutSnapshot] : [],
    env: processEnvironment(optimizesCode),
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.on("message", (response: ImagingResponse) => onResponse(response));
  child.on("error", onLost);
  child.on("exit", (code, signal) => {
    onLost(new Error(`The image process ended with ${signal ?? `code ${code}`}.`));
    onEnd();
  });
  return {
    pid: child.pid,
    send(request) {
      child.send(request, (error) => {
        if (error !== null) onLost(error);
      });
    },
    setRequired(isRequired) {
      const change = isRequired ? "ref" : "unref";
      child[change]();
      child.channel?.[change]();
    },
    async end() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
