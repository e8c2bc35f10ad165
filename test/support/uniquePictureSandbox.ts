import { createHash } from "node:crypto";
import type { Imaging } from "../../src/imaging/imaging.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";

/** A sandbox for thousands of pictures. */
export interface UniquePictureSandbox {
  readonly sandbox: Sandbox;
  /** Digests of the pictures that were dealt, in order; no two are alike. */
  readonly servedDigests: ReadonlySet<string>;
  close(): Promise<void>;
}

/** What a picture is known by, whatever it is called. */
export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Starts a sandbox that draws one picture of each size and format, and deals it out from then on
 * with something of its own after its end, where a picture may have anything: `padding` bytes and a
 * digest of what was to be drawn.
 */
export async function startUniquePictureSandbox(
  options: Partial<SandboxOptions> = {},
  padding = 0,
): Promise<UniquePictureSandbox> {
  const { imaging, fonts } = sandboxDepsFromSources();
  const templates = new Map<string, ReturnType<Imaging["draw"]>>();
  const servedDigests = new Set<string>();
  const draw: Imaging["draw"] = async (request) => {
    const { width, height, format } = request;
    const kind = JSON.stringify({ width, height, format });
    const template = templates.get(kind) ?? imaging.draw(request);
    templates.set(kind, template);
    const { bytes, ...facts } = await template;
    const uniqueBytes = Buffer.concat([
      bytes,
      Buffer.alloc(padding),
      Buffer.from(digestOf(Buffer.from(JSON.stringify(request)))),
    ]);
    servedDigests.add(digestOf(uniqueBytes));
    return { ...facts, bytes: uniqueBytes };
  };
  const sandbox = await startSandbox({
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
