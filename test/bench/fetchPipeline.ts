import { createWriteStream } from "node:fs";
import { copyFile, mkdir, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createConcurrencyLimit } from "../../src/core/concurrencyLimit.ts";
import { buyWithoutLimn, type ServiceAddress } from "./tasks.ts";

/** Downloads at a time, as many as Limn's. */
const downloadConcurrency = 4;

/** Brings a file or folder down to the disk. */
async function syncToDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * The least that any extension does with the editor's own means: the same requests with `fetch`,
 * the pictures into one folder and copied into a second one, all of it on the disk at the end. No
 * journal, nothing checked, nothing safe while it runs. Gives the milliseconds it took.
 */
export async function buyWithFetch(service: ServiceAddress, count: number, folder: string): Promise<number> {
  const [vault, pictures] = [`${folder}/vault`, `${folder}/pictures`];
  const limit = createConcurrencyLimit(downloadConcurrency);
  const begun = performance.now();
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
  return performance.now() - begun;
}
