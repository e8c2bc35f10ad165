import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "../../scripts/paths.ts";
import { createJobs, jobRequestFor, portsIn } from "./benchJobs.ts";
import type { Figure } from "./figure.ts";
import { type PictureService, startPictureService } from "./pictureService.ts";
import { measureInterleaved } from "./rounds.ts";
import { buyWithoutLimn } from "./tasks.ts";

const rounds = 15;
const epochMs = () => performance.timeOrigin + performance.now();

/** Returns milliseconds from sending the last byte of a picture to the time `fetchOne` returns. */
async function msSinceLastByte(server: ReturnType<typeof fork>, fetchOne: () => Promise<number>): Promise<number> {
  const sent = once(server, "message");
  const savedAt = await fetchOne();
  const [lastByte]: unknown[] = await sent;
  return savedAt - Number(lastByte);
}

/**
 * Saves a picture with Limn; returns when the files port has created the file, in ms since the
 * epoch.
 */
async function saveWithLimn(service: Pick<PictureService, "url" | "key">, folder: string): Promise<number> {
  const ports = portsIn(folder, service);
  let savedAt = 0;
  const files = {
    ...ports.files,
    async create(uri: string, name: string) {
      const created = await ports.files.create(uri, name);
      savedAt = epochMs();
      return created;
    },
  };
  const jobs = createJobs({ ...ports, files }, { min: 1, max: 1 });
  await jobs.buy(jobRequestFor(folder, 1), new AbortController().signal);
  return savedAt;
}

/** Saves a picture with fetch and writeFile; `flush` syncs the file. Returns ms since the epoch. */
async function saveWithFetch(
  service: Pick<PictureService, "url" | "key">,
  folder: string,
  flush: boolean,
): Promise<number> {
  const [{ imageURL = "", imageUUID = "" } = {}] = await buyWithoutLimn(service, 1);
  const response = await fetch(imageURL);
  await writeFile(join(folder, imageUUID), new Uint8Array(await response.arrayBuffer()), { flush });
  return epochMs();
}

/**
 * Measures the time from the last byte of a picture to the file in the workspace: stored in the
 * vault, recorded in the journal and copied, all of it synced.
 */
export async function measureLastByte(): Promise<Figure[]> {
  const service = await startPictureService({ bytes: 5_000_000 });
  const server = fork(new URL("delayedLastByteProxy.ts", import.meta.url), [service.url]);
  const folder = await mkdtemp(join(cache, "bench", "last-byte-"));
  try {
    const [url]: unknown[] = await once(server, "message");
    const delayedService = { url: String(url), key: service.key };
    const valuesOf = await measureInterleaved(
      rounds,
      ["limn", () => msSinceLastByte(server, () => saveWithLimn(delayedService, folder))],
      ["bare", () => msSinceLastByte(server, () => saveWithFetch(delayedService, folder, false))],
      ["flushed", () => msSinceLastByte(server, () => saveWithFetch(delayedService, folder, true))],
    );
    const name = "From the last byte of a 5 MB picture to the file in the workspace";
    const own = { name, unit: "ms", own: valuesOf("limn"), compare: "difference" } as const;
    return [
      { ...own, other: valuesOf("bare"), counterpart: "fetch and writeFile", goal: 20 },
      { ...own, other: valuesOf("flushed"), counterpart: "fetch, writeFile and fsync" },
    ];
  } finally {
    server.disconnect();
    await service.stop();
    await rm(folder, { recursive: true });
  }
}
