import { createHash } from "node:crypto";
import type { Imaging } from "../../src/imaging/imaging.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";

/** A sandbox that serves thousands of different pictures. */
export interface UniquePictureSandbox {
  readonly sandbox: Sandbox;
  /** Digests of all served pictures, in order. */
  readonly servedDigests: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Returns the SHA-256 of a picture's bytes as hexadecimal digits. */
export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Starts a sandbox that draws one picture per size and format, and serves copies of it. To each
 * copy it appends `padding` bytes and a digest of the request, which image decoders ignore.
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
