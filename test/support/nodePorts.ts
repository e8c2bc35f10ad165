import { randomUUID } from "node:crypto";
import { copyFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type sharp from "sharp";
import type { Endpoint, FilesPort, LogPort, Ports } from "../../src/core/ports.ts";
import { locatePicture } from "../../src/host/storage/fallbackFolder.ts";
import { localFiles } from "../../src/host/storage/localFiles.ts";
import { createJournalPort, createVaultPort } from "../../src/host/storage/storage.ts";
import { startTimer } from "../../src/host/timer.ts";
import { readDraft } from "../../src/imaging/draftFile.ts";
import { probe } from "../../src/imaging/probe.ts";

/** Returns the folders of Limn's storage below a test's folder. */
export const storageFolders = (folder: string) => ({
  journal: join(folder, "journal"),
  jobIndex: join(folder, "job-index.jsonl"),
  vault: join(folder, "vault"),
  fallbackFolder: join(folder, "fallback"),
  pictures: join(folder, "pictures"),
});

/** Returns the URI of the folder for kept pictures. */
export const picturesUri = (folder: string): string => pathToFileURL(storageFolders(folder).pictures).href;

/** Loads sharp from the packages, since it cannot be in a bundle and some test programs are one. */
const loadSharp = (): typeof sharp => createRequire(join(process.cwd(), "package.json"))("sharp");

/** Returns what replaces drafts by pictures of a vault, without undo. */
const draftReplacer =
  (vault: string): FilesPort["replaceDraft"] =>
  async (uri, name) => {
    const path = fileURLToPath(uri);
    const isDraft = readDraft(await readFile(path)) !== undefined;
    if (isDraft) await copyFile(join(vault, name), path);
    return isDraft;
  };

/**
 * Returns ports for plain Node: the host's storage in a folder, real time and network, no budget.
 */
export function nodePorts(folder: string, endpoint: Endpoint, log: LogPort): Ports {
  const folders = storageFolders(folder);
  return {
    fetch: (address, init) => fetch(address, init),
    now: Date.now,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    timer: startTimer,
    idleTimeoutSetting: () => undefined,
    uuid: randomUUID,
    endpoint: async (name = endpoint.name) => (name === endpoint.name ? endpoint : undefined),
    journal: createJournalPort({ folder: folders.journal, indexFile: folders.jobIndex }),
    vault: createVaultPort(folders.vault, [folders.fallbackFolder]),
    files: {
      ...localFiles(folders.vault, fileURLToPath, [folders.fallbackFolder]),
      replaceDraft: draftReplacer(folders.vault),
    },
    budget: { limits: () => ({}), approve: async () => true },
    workspaceOf: () => undefined,
    probe,
    isOpaque: async (name) => {
      // Not openImage.ts: it blocks the library's other loaders, for all tests of the process.
      const { isOpaque } = await loadSharp()(
        await locatePicture(folders.vault, [folders.fallbackFolder], name),
      ).stats();
      return isOpaque;
    },
    decodeBase64: (text) => new Uint8Array(Buffer.from(text, "base64")),
    searchable: ({ buffer, byteOffset, length }) => Buffer.from(buffer, byteOffset, length),
    log,
  };
}
