import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "../support/paths.ts";
import type { Figure } from "./figure.ts";
import { inTurn } from "./rounds.ts";
import { type Service, startService } from "./service.ts";
import { buyBare } from "./tasks.ts";
import { openJobs, orderOf, portsIn } from "./world.ts";

const rounds = 15;
const now = () => performance.timeOrigin + performance.now();

/** Milliseconds from the last byte of a picture on the network until `fetchOne` says that its file is there. */
async function sinceLastByte(server: ReturnType<typeof fork>, fetchOne: () => Promise<number>): Promise<number> {
  const sent = once(server, "message");
  const there = await fetchOne();
  const [lastByte]: unknown[] = await sent;
  return there - Number(lastByte);
}

/** Through the core: the moment the file has appeared in its folder, as the files port tells. */
async function limn(service: Pick<Service, "url" | "key">, folder: string): Promise<number> {
  const ports = portsIn(folder, service);
  let there = 0;
  const files = {
    ...ports.files,
    async create(uri: string, name: string) {
      const created = await ports.files.create(uri, name);
      there = now();
      return created;
    },
  };
  const jobs = openJobs({ ...ports, files }, { first: 1, factor: 1, max: 1 });
  await jobs.buy(orderOf(folder, 1), new AbortController().signal);
  return there;
}

/** With nothing but fetch and writeFile; `flush` brings the file down to the disk. */
async function bare(service: Pick<Service, "url" | "key">, folder: string, flush: boolean): Promise<number> {
  const [{ imageURL = "", imageUUID = "" } = {}] = await buyBare(service, 1);
  const response = await fetch(imageURL);
  await writeFile(join(folder, imageUUID), new Uint8Array(await response.arrayBuffer()), { flush });
  return now();
}

/** What Limn takes from the last byte of a picture to the file in the workspace: into the vault, noted, and copied, all of it durable. */
export async function measureLastByte(): Promise<Figure[]> {
  const service = await startService({ bytes: 5_000_000 });
  const server = fork(new URL("lateProcess.ts", import.meta.url), [service.url]);
  const folder = await mkdtemp(join(cache, "bench", "last-byte-"));
  try {
    const [url]: unknown[] = await once(server, "message");
    const late = { url: String(url), key: service.key };
    const of = await inTurn(
      rounds,
      ["limn", () => sinceLastByte(server, () => limn(late, folder))],
      ["bare", () => sinceLastByte(server, () => bare(late, folder, false))],
      ["flushed", () => sinceLastByte(server, () => bare(late, folder, true))],
    );
    const name = "From the last byte of a 5 MB picture to the file in the workspace";
    const own = { name, unit: "ms", own: of("limn"), compare: "difference" } as const;
    return [
      { ...own, other: of("bare"), counterpart: "fetch and writeFile", goal: 20 },
      { ...own, other: of("flushed"), counterpart: "fetch, writeFile and fsync" },
    ];
  } finally {
    server.disconnect();
    await service.stop();
    await rm(folder, { recursive: true });
  }
}
