import type { Imaging } from "../../src/imaging/imaging.ts";
import { type SandboxServer, type SandboxServerOptions, startSandboxServer } from "../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";
import { createUniqueDrawing, digestOf } from "./uniquePictures.ts";

/** A sandbox that serves thousands of different pictures. */
export interface UniquePictureSandbox {
  readonly sandbox: SandboxServer;
  /** Digests of all served pictures, in order. */
  readonly servedDigests: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Starts a sandbox whose pictures are all different; see `createUniqueDrawing`. */
export async function startUniquePictureSandbox(
  options: Partial<SandboxServerOptions> = {},
  padding = 0,
): Promise<UniquePictureSandbox> {
  const { imaging, fonts } = sandboxDepsFromSources();
  const servedDigests = new Set<string>();
  const drawUnique = createUniqueDrawing(imaging, padding);
  const draw: Imaging["draw"] = async (request) => {
    const picture = await drawUnique(request);
    servedDigests.add(digestOf(picture.bytes));
    return picture;
  };
  const sandbox = await startSandboxServer({
    delay: 0,
    balance: 1_000_000,
    ...options,
    imaging: { ...imaging, draw },
    fonts,
  });
  return {
    sandbox,
    servedDigests,
    async close() {
      await sandbox.close();
      await imaging.dispose();
    },
  };
}
