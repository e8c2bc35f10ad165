import { join } from "node:path";
import type { Disposable, LogOutputChannel } from "vscode";
import type { Endpoint } from "../../core/ports.ts";
import type { Imaging } from "../../imaging/imaging.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { setting } from "../settings.ts";

/** The built-in sandbox. It starts at its first use. */
export interface SandboxHost extends Disposable {
  /** How it is reached: by its own `fetch`. Starts it if it does not run. */
  start(): Promise<Pick<Endpoint, "url" | "key"> & Required<Pick<Endpoint, "fetch">>>;
}

/** What the sandbox is started with. */
interface SandboxHostOptions {
  readonly imaging: Imaging;
  /** Folder of the built extension, which holds the fonts. */
  readonly dist: string;
  /** File of accepted tasks, so that they survive a reload of the window. */
  readonly stateFile: string;
  readonly log: LogOutputChannel;
}

/**
 * Starts the sandbox once, in this process and without a port: VS Code announces every port that
 * an extension opens in a remote window. It runs until the window closes. Each window has its own;
 * they share the state file.
 */
export function createSandboxHost({ imaging, dist, stateFile, log }: SandboxHostOptions): SandboxHost {
  let running: Promise<Sandbox> | undefined;
  async function launch(): Promise<Sandbox> {
    const { startSandbox } = await import("../../sandbox/sandbox.ts");
    const sandbox = await startSandbox({
      imaging,
      fonts: join(dist, "fonts"),
      delay: setting("sandbox.delay"),
      // Everything is free, so no request is refused for its price.
      balance: Number.POSITIVE_INFINITY,
      stateFile,
      log: (line) => log.info(line),
    });
    log.info("The sandbox has started. It runs in this process and opens no port.");
    return sandbox;
  }
  return {
    async start() {
      running ??= launch();
      try {
        const { url, key, fetch } = await running;
        return { url, key, fetch };
      } catch (error) {
        // The next request starts it again.
        running = undefined;
        throw error;
      }
    },
    dispose() {
      void running
        ?.then((sandbox) => sandbox.close())
        .catch((error: unknown) => log.warn(`The sandbox could not be stopped: ${String(error)}`));
    },
  };
}
