// node groupPurchases.ts '{"folder":…,"url":…,"key":…,"request":…,"rounds":[[…],…]}'
//
// A window in its own process that buys several pictures together, each for one file. Writes
// `ready` and starts one round for each line of input; writes the names of the files that it buys.
import { createInterface } from "node:readline";
import { Jobs } from "../../src/core/jobs/jobs.ts";
import { family } from "../../src/core/models/family.ts";
import type { JobRequest } from "../../src/core/request/request.ts";
import { neededFiles } from "./neededFiles.ts";
import { nodePorts, picturesUri } from "./nodePorts.ts";
import { silentLog } from "./silentLog.ts";

/** Argument of this program, as JSON. */
export interface GroupPurchasesOptions {
  readonly folder: string;
  readonly url: string;
  readonly key: string;
  readonly request: JobRequest["request"];
  /** Names of the files of each round. */
  readonly rounds: readonly (readonly string[])[];
}

async function buyGroups({ folder, url, key, request, rounds }: GroupPurchasesOptions): Promise<void> {
  const ports = nodePorts(folder, { name: "sandbox", url, key }, silentLog);
  const jobs = new Jobs(ports, family);
  await jobs.journal.load();
  const { signal } = new AbortController();
  const outcomes: Promise<unknown>[] = [];
  process.stdout.write("ready\n");
  let round = 0;
  for await (const _ of createInterface({ input: process.stdin })) {
    const jobRequests = (rounds[round++] ?? []).map((name) => ({
      request,
      target: { folder: picturesUri(folder), name, keep: "all" } as const,
    }));
    const purchases = await jobs.startAll(jobRequests, signal, neededFiles(jobs, jobRequests));
    outcomes.push(...[...purchases.values()].map(({ outcome }) => outcome));
    process.stdout.write(`${JSON.stringify([...purchases.keys()].map(({ target }) => target.name))}\n`);
  }
  await Promise.all(outcomes);
}

const options: GroupPurchasesOptions = JSON.parse(process.argv[2] ?? "");
await buyGroups(options);
