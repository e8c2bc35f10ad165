import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Endpoint, LogPort, Ports } from "../../src/core/ports.ts";
import { alarm } from "../../src/host/alarm.ts";
import { localFiles } from "../../src/host/localFiles.ts";
import { journalIn, vaultIn } from "../../src/host/storage.ts";
import { probe } from "../../src/imaging/probe.ts";

/** Where Limn's storage lies in a folder of a test. */
export const placesIn = (folder: string) => ({
  journal: join(folder, "journal"),
  vault: join(folder, "vault"),
  refuge: join(folder, "refuge"),
  pictures: join(folder, "pictures"),
});

/** URI of the folder that pictures are kept in. */
export const picturesUri = (folder: string): string => pathToFileURL(placesIn(folder).pictures).href;

/** Ports of a plain Node process: the host's own storage over a folder, true time, the network; no budget. */
export function plainPorts(folder: string, endpoint: Endpoint, log: LogPort): Ports {
  const places = placesIn(folder);
  return {
    fetch: (address, init) => fetch(address, init),
    now: Date.now,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    alarm,
    timeout: () => undefined,
    uuid: randomUUID,
    endpoint: async (name = endpoint.name) => (name === endpoint.name ? endpoint : undefined),
    journal: journalIn(places.journal),
    vault: vaultIn(places.vault, [places.refuge]),
    files: localFiles(places.vault, fileURLToPath, [places.refuge]),
    budget: { limits: () => ({}), approve: async () => true },
    workspaceOf: () => undefined,
    probe,
    decodeBase64: (text) => new Uint8Array(Buffer.from(text, "base64")),
    log,
  };
}
