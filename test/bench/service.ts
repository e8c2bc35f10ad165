import * as z from "zod/mini";
import { startLeashed } from "../support/leashed.ts";
import { cache, root } from "../support/paths.ts";
import type { Address } from "./tasks.ts";

/** A service in a process of its own that deals out pictures of one size. */
export interface Service extends Address {
  stop(): Promise<void>;
}

const told = z.object({ url: z.string(), key: z.string() });

/** Starts one. `delay`: milliseconds until the first picture of a task. */
export async function startService({ bytes, delay = 0 }: { bytes: number; delay?: number }): Promise<Service> {
  const program = startLeashed(
    process.execPath,
    [`${root}/test/bench/pictureServer.ts`, String(bytes), String(delay)],
    { env: process.env, log: `${cache}/bench/service.log` },
  );
  try {
    const [line] = await program.waitFor(/^\{.*\}$/m, 60_000);
    return { ...told.parse(JSON.parse(line)), stop: program.stop };
  } catch (error) {
    await program.stop();
    throw error;
  }
}
