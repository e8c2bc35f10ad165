import type { Ports } from "../../../src/core/ports.ts";

/** Ports of a process that ends as if by SIGKILL. */
export interface CrashingPorts {
  readonly ports: Ports;
  /** Resolves after the crash, when all effects that had started are complete. */
  readonly crash: Promise<"crashed">;
}

const neverSettles = new Promise<never>(() => undefined);

/**
 * Ports that crash at the given step. Each call is two steps: just before and just after its
 * effect. After the crash no call has an effect, and none settles.
 */
export function crashingPorts(ports: Ports, lastStep: number): CrashingPorts {
  const { promise: crash, resolve: reportCrash } = Promise.withResolvers<"crashed">();
  const pendingEffects = new Set<Promise<unknown>>();
  let steps = 0;

  /** Resolves unless the process has crashed. */
  async function step(): Promise<void> {
    if (steps >= lastStep) {
      await neverSettles;
    }
    if (++steps === lastStep) {
      // The operating system completes calls that had started before the crash.
      void Promise.allSettled(pendingEffects).then(() => reportCrash("crashed"));
      await neverSettles;
    }
  }

  const guard =
    <Arguments extends readonly unknown[], Result>(call: (...values: Arguments) => Promise<Result>) =>
    async (...values: Arguments): Promise<Result> => {
      await step();
      const effect = call(...values);
      pendingEffects.add(effect);
      const result = await Promise.allSettled([effect]);
      pendingEffects.delete(effect);
      await step();
      const [outcome] = result;
      if (outcome.status === "rejected") {
        throw outcome.reason;
      }
      return outcome.value;
    };

  const { journal, vault, files } = ports;
  return {
    crash,
    ports: {
      ...ports,
      fetch: guard(ports.fetch),
      sleep: guard(ports.sleep),
      endpoint: guard(ports.endpoint),
      journal: {
        list: guard(journal.list),
        read: guard(journal.read),
        version: guard(journal.version),
        versions: guard(journal.versions),
        listVersion: guard(journal.listVersion),
        write: guard(journal.write),
        remove: guard(journal.remove),
        readIndex: journal.readIndex,
        writeIndex: guard(journal.writeIndex),
        removeIndex: guard(journal.removeIndex),
      },
      vault: {
        read: guard(vault.read),
        write: guard(vault.write),
        writeToFallbackFolder: guard(vault.writeToFallbackFolder),
        listFallbackFiles: guard(vault.listFallbackFiles),
        has: guard(vault.has),
        list: guard(vault.list),
      },
      files: {
        size: guard(files.size),
        create: guard(files.create),
        hasContentOf: guard(files.hasContentOf),
        replaceDraft: guard(files.replaceDraft),
      },
    },
  };
}
