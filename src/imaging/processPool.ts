import { availableParallelism } from "node:os";
import { createProcessClient, type ImagingOptions, type ProcessClient } from "./processClient.ts";
import { isMemoryTight } from "./tightMemory.ts";

/** More processes would take more memory than they save time: a picture needs about 100 MB. */
const maxProcesses = Math.min(2, availableParallelism());

/**
 * Creates the client of two image processes that optimize their code. Each makes one picture at a
 * time, so the second one starts only for a request that would wait, and not if memory is tight.
 */
export function createProcessPool(options: ImagingOptions): Omit<ProcessClient, "prepare"> {
  const clients = Array.from({ length: maxProcesses }, () => ({
    client: createProcessClient({ ...options, optimizesCode: true }),
    running: 0,
  }));
  const [first] = clients;
  const hasLittleMemory = options.isMemoryTight ?? isMemoryTight;
  const chosen = () => {
    if (first?.running === 0 || hasLittleMemory()) return first;
    return clients.toSorted((one, other) => one.running - other.running)[0];
  };
  return {
    async run(operation) {
      const member = chosen();
      if (member === undefined) throw new Error("There is no image process.");
      member.running++;
      try {
        return await member.client.run(operation);
      } finally {
        member.running--;
      }
    },
    async dispose() {
      await Promise.all(clients.map(({ client }) => client.dispose()));
    },
  };
}
