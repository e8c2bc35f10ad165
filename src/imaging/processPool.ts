import { availableParallelism } from "node:os";
import { createConcurrencyLimit } from "../core/concurrencyLimit.ts";
import { createProcessClient, type ImagingOptions, type ProcessClient } from "./processClient.ts";
import { isMemoryTight } from "./tightMemory.ts";

/** More processes would take more memory than they save time: a picture needs about 100 MB. */
const maxProcesses = Math.min(2, availableParallelism());

/**
 * Creates the client of image processes that optimize their code, two if there are cores for them.
 * Each gets one request at a time, since it makes one picture at a time; the others wait here. The
 * second one starts only if the first one is busy, and not if memory is tight.
 */
export function createProcessPool(options: ImagingOptions): Omit<ProcessClient, "prepare"> {
  const clients = Array.from({ length: maxProcesses }, () => createProcessClient({ ...options, optimizesCode: true }));
  // The last one is used next, so that a process that runs is preferred.
  const free = [...clients];
  const limit = createConcurrencyLimit(maxProcesses);
  const tightLimit = createConcurrencyLimit(1);
  const hasLittleMemory = options.isMemoryTight ?? isMemoryTight;

  const runWhenFree: ProcessClient["run"] = (operation) =>
    limit(async () => {
      const client = free.pop();
      if (client === undefined) throw new Error("No image process is free.");
      try {
        return await client.run(operation);
      } finally {
        free.push(client);
      }
    });

  return {
    run: (operation) => (hasLittleMemory() ? tightLimit(() => runWhenFree(operation)) : runWhenFree(operation)),
    async dispose() {
      await Promise.all(clients.map((client) => client.dispose()));
    },
  };
}
