import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "../../scripts/paths.ts";
import type { Figure } from "./figure.ts";
import { type PictureService, startPictureService } from "./pictureService.ts";
import { measureInterleaved } from "./rounds.ts";

const bytes = 10_000_000;
const rounds = 5;

/** How a process fetches pictures: through Limn's core, or with fetch and a pipeline into files. */
export type Fetcher = "limn" | "bare";

/** The message to memoryProcess.ts. */
export interface MemoryRunOptions {
  readonly fetcher: Fetcher;
  readonly url: string;
  readonly key: string;
  readonly count: number;
  readonly folder: string;
}

/** Returns the peak memory of a new process above its memory after a warm-up, in MB. */
async function peakMemoryOf({ url, key }: PictureService, fetcher: Fetcher, count: number): Promise<number> {
  const folder = await mkdtemp(join(cache, "bench", "memory-"));
  const child = fork(new URL("memoryProcess.ts", import.meta.url), { execArgv: ["--expose-gc"] });
  try {
    const ended = once(child, "exit").then(() => Promise.reject(new Error("The measured process has ended.")));
    child.send({ fetcher, url, key, count, folder } satisfies MemoryRunOptions);
    const [extra]: unknown[] = await Promise.race([once(child, "message"), ended]);
    return Number(extra) / 1e6;
  } finally {
    child.kill();
    await rm(folder, { recursive: true });
  }
}

/** Measures peak extra memory during downloads of 10 MB pictures, for 20 and for 60 of them. */
export async function measureMemory(): Promise<Figure[]> {
  const service = await startPictureService({ bytes });
  try {
    const valuesOf = await measureInterleaved(
      rounds,
      ["limn", () => peakMemoryOf(service, "limn", 20)],
      ["bare", () => peakMemoryOf(service, "bare", 20)],
      ["limnMany", () => peakMemoryOf(service, "limn", 60)],
      ["bareMany", () => peakMemoryOf(service, "bare", 60)],
    );
    const figure = { unit: "MB", counterpart: "fetch and pipeline into files", compare: "own", goal: 60 } as const;
    return [
      { ...figure, name: "Peak extra memory for 20 pictures of 10 MB", own: valuesOf("limn"), other: valuesOf("bare") },
      {
        ...figure,
        name: "Peak extra memory for 60 pictures of 10 MB",
        own: valuesOf("limnMany"),
        other: valuesOf("bareMany"),
      },
    ];
  } finally {
    await service.stop();
  }
}
