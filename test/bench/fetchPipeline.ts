import { createWriteStream } from "node:fs";
import { copyFile, mkdir, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createConcurrencyLimit } from "../../src/core/concurrencyLimit.ts";
import { buyWithoutLimn, type ServiceAddress } from "./tasks.ts";

/** Downloads at a time, as in Limn. */
const downloadConcurrency = 4;

/** Syncs a file or folder to the disk. */
async function syncToDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Buys pictures with the least an extension can do: the same requests with `fetch`, each picture
 * downloaded into one folder, copied into another, and synced. No journal, no checks, no safety
 * against a crash. Returns the milliseconds it took.
 */
export async function buyWithFetch(service: ServiceAddress, count: number, folder: string): Promise<number> {
  const [vault, pictures] = [`${folder}/vault`, `${folder}/pictures`];
  const limit = createConcurrencyLimit(downloadConcurrency);
  const startedAt = performance.now();
  await Promise.all([mkdir(vault), mkdir(pictures)]);
  const downloadAndCopy = async (url: string, name: string) => {
    const { body } = await fetch(url);
    if (body === null) throw new Error(`There is nothing at ${url}.`);
    await pipeline(body, createWriteStream(`${vault}/${name}`, { flush: true }));
    await copyFile(`${vault}/${name}`, `${pictures}/${name}`);
    await syncToDisk(`${pictures}/${name}`);
  };
  const ready = await buyWithoutLimn(service, count);
  await Promise.all(ready.map(({ imageUUID, imageURL }) => limit(() => downloadAndCopy(imageURL, `${imageUUID}.jpg`))));
  await Promise.all([syncToDisk(vault), syncToDisk(pictures)]);
  return performance.now() - startedAt;
}
