import type { Ports } from "../../../src/core/ports.ts";

/** A life that ends as by SIGKILL. */
export interface Life {
  readonly ports: Ports;
  /** Resolves when the life has ended and everything it had begun in the outside world is done. */
  readonly death: Promise<"dead">;
}

const nevermore = new Promise<never>(() => undefined);

/**
 * Ports of a life that ends at the given step. Each call of a port is two steps: just before its
 * effect, and just after it. From then on no call has an effect and none resolves.
 */
export function mortal(ports: Ports, lastStep: number): Life {
  const { promise: death, resolve: die } = Promise.withResolvers<"dead">();
  const begun = new Set<Promise<unknown>>();
  let steps = 0;

  /** Resolves where life goes on. */
  async function step(): Promise<void> {
    if (steps >= lastStep) {
      await nevermore;
    }
    if (++steps === lastStep) {
      // What the operating system had been told to do is done, killed or not.
      void Promise.allSettled(begun).then(() => die("dead"));
      await nevermore;
    }
  }

  const guard =
    <Arguments extends readonly unknown[], Result>(call: (...values: Arguments) => Promise<Result>) =>
    async (...values: Arguments): Promise<Result> => {
      await step();
      const effect = call(...values);
      begun.add(effect);
      const result = await Promise.allSettled([effect]);
      begun.delete(effect);
      await step();
      const [end] = result;
      if (end.status === "rejected") {
        throw end.reason;
      }
      return end.value;
    };

  const { journal, vault, files } = ports;
  return {
    death,
    ports: {
      ...ports,
      fetch: guard(ports.fetch),
      sleep: guard(ports.sleep),
      endpoint: guard(ports.endpoint),
      journal: {
        list: guard(journal.list),
        read: guard(journal.read),
        write: guard(journal.write),
        remove: guard(journal.remove),
      },
      vault: {
        read: guard(vault.read),
        write: guard(vault.write),
        writeToFallbackFolder: guard(vault.writeToFallbackFolder),
        listFallbackFiles: guard(vault.listFallbackFiles),
        has: guard(vault.has),
      },
      files: { size: guard(files.size), create: guard(files.create), hasContentOf: guard(files.hasContentOf) },
    },
  };
}
