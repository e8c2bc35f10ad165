import { join } from "node:path";
import type { Disposable, LogOutputChannel } from "vscode";
import type { Imaging } from "../../imaging/imaging.ts";
import type { Sandbox } from "../../sandbox/server.ts";
import { setting } from "../settings.ts";

/** The built-in sandbox. It starts at its first use. */
export interface SandboxHost extends Disposable {
  /** Its address and key. Starts it if it does not run. */
  start(): Promise<{ readonly url: string; readonly key: string }>;
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

/** Starts the sandbox once, on loopback. It runs until the window closes. */
export function createSandboxHost({ imaging, dist, stateFile, log }: SandboxHostOptions): SandboxHost {
  let running: Promise<Sandbox> | undefined;
  async function launch(): Promise<Sandbox> {
    const { startSandbox } = await import("../../sandbox/server.ts");
    const sandbox = await startSandbox({
      imaging,
      fonts: join(dist, "fonts"),
      delay: setting("sandbox.delay"),
      stateFile,
      log: (line) => log.info(line),
    });
    log.info(`The sandbox runs at ${sandbox.url}.`);
    return sandbox;
  }
  return {
    async start() {
      running ??= launch();
      try {
        const { url, key } = await running;
        return { url, key };
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
