// Forked by memory.ts, which sends what to fetch over IPC. Answers with its peak resident memory
// above its memory after a warm-up, in bytes.
import { createWriteStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createConcurrencyLimit } from "../../src/core/concurrencyLimit.ts";
import { createJobs, jobRequestFor, portsIn } from "./benchJobs.ts";
import type { Fetcher, MemoryRunOptions } from "./memory.ts";
import { buyWithoutLimn, maxPerTask } from "./tasks.ts";

/** Maximum number of concurrent downloads, as in Limn. */
const concurrency = 4;

const fetchers: Readonly<Record<Fetcher, (options: MemoryRunOptions) => Promise<void>>> = {
  async limn({ url, key, count, folder }) {
    const jobs = createJobs(portsIn(folder, { url, key }), { min: 1, max: 1 });
    const jobRequests = Array.from({ length: Math.ceil(count / maxPerTask) }, (_, index) =>
      jobRequestFor(folder, Math.min(maxPerTask, count - index * maxPerTask)),
    );
    await Promise.all(jobRequests.map((jobRequest) => jobs.buy(jobRequest, new AbortController().signal)));
  },
  async bare({ url, key, count, folder }) {
    const limit = createConcurrencyLimit(concurrency);
    await mkdir(folder, { recursive: true });
    const ready = await buyWithoutLimn({ url, key }, count);
    await Promise.all(
      ready.map(({ imageUUID, imageURL }) =>
        limit(async () => {
          const { body } = await fetch(imageURL);
          if (body === null) throw new Error("A picture had no bytes.");
          await pipeline(body, createWriteStream(join(folder, `${imageUUID}.jpg`)));
        }),
      ),
    );
  },
};

/** Resets the peak of resident memory. Source: proc(5), clear_refs. */
const resetPeak = () => writeFile("/proc/self/clear_refs", "5");

async function peakMemory(): Promise<number> {
  const status = await readFile("/proc/self/status", "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

process.once("message", async (options: MemoryRunOptions) => {
  const run = fetchers[options.fetcher];
  await run({ ...options, count: concurrency, folder: join(options.folder, "warm-up") });
  globalThis.gc?.();
  await resetPeak();
  const base = process.memoryUsage.rss();
  await run({ ...options, folder: join(options.folder, "measured") });
  process.send?.((await peakMemory()) - base);
});
