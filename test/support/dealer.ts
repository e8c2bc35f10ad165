import { createHash } from "node:crypto";
import type { Imaging } from "../../src/imaging/imaging.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";
import { fromSources } from "../../src/sandbox/sources.ts";

/** A sandbox for thousands of pictures. */
export interface Dealer {
  readonly sandbox: Sandbox;
  /** Digests of the pictures that were dealt, in order; no two are alike. */
  readonly dealt: ReadonlySet<string>;
  close(): Promise<void>;
}

/** What a picture is known by, whatever it is called. */
export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Starts a sandbox that draws one picture of each size and format, and deals it out from then on with something of its own after its end,
 * where a picture may have anything: `padding` bytes and a digest of what was to be drawn.
 */
export async function openDealer(options: Partial<SandboxOptions> = {}, padding = 0): Promise<Dealer> {
  const { imaging, fonts } = fromSources();
  const drawn = new Map<string, ReturnType<Imaging["draw"]>>();
  const dealt = new Set<string>();
  const draw: Imaging["draw"] = async (ask) => {
    const { width, height, format } = ask;
    const kind = JSON.stringify({ width, height, format });
    const card = drawn.get(kind) ?? imaging.draw(ask);
    drawn.set(kind, card);
    const { bytes, ...facts } = await card;
    const own = Buffer.concat([bytes, Buffer.alloc(padding), Buffer.from(digestOf(Buffer.from(JSON.stringify(ask))))]);
    dealt.add(digestOf(own));
    return { ...facts, bytes: own };
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
    dealt,
    async close() {
      await sandbox.close();
      await imaging.dispose();
    },
  };
}
