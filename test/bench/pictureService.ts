import * as z from "zod/mini";
import { startGuardedChild } from "../../scripts/guardedChild.ts";
import { cache, root } from "../../scripts/paths.ts";
import type { ServiceAddress } from "./tasks.ts";

/** A service in its own process that serves pictures of one size in bytes. */
export interface PictureService extends ServiceAddress {
  stop(): Promise<void>;
}

const addressSchema = z.object({ url: z.string(), key: z.string() });

/** Starts the service. `delay`: milliseconds until the first picture of a task. */
export async function startPictureService({
  bytes,
  delay = 0,
}: {
  bytes: number;
  delay?: number;
}): Promise<PictureService> {
  const program = startGuardedChild(
    process.execPath,
    [`${root}/test/bench/pictureServer.ts`, String(bytes), String(delay)],
    { env: process.env, log: `${cache}/bench/service.log` },
  );
  try {
    const [line] = await program.waitFor(/^\{.*\}$/m, 60_000);
    return { ...addressSchema.parse(JSON.parse(line)), stop: program.stop };
  } catch (error) {
    await program.stop();
    throw error;
  }
}
