import { createWriteStream } from "node:fs";
import { copyFile, mkdir, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createConcurrencyLimit } from "../../src/core/concurrencyLimit.ts";
import { buyWithoutLimn, type ServiceAddress } from "./tasks.ts";

/** Maximum number of concurrent downloads, as in Limn. */
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
 * Buys pictures with as little work as possible: the same requests with `fetch`, each picture
 * downloaded into one folder, copied into another, and synced. Without a journal, checks or
 * protection against crashes. Returns the duration in milliseconds.
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
