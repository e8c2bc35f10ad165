// node crowd.ts '{"folder":…,"url":…,"key":…,"jobs":…,"count":…}'
//
// One window that buys a crowd of jobs at once, in a process of its own, so that its memory and its
// connections are nobody else's. It writes one line of JSON about what that took.
import { Jobs } from "../../src/core/jobs/jobs.ts";
import { klingImage3 } from "../../src/core/models/klingImage3.ts";
import type { Request } from "../../src/core/request/request.ts";
import { nodePorts, picturesUri } from "./nodePorts.ts";

/** What a crowd is told. */
export interface ManyJobsOptions {
  readonly folder: string;
  readonly url: string;
  readonly key: string;
  readonly jobs: number;
  /** Pictures of each job. */
  readonly count: number;
}

/** What it took. */
export interface LoadMeasurement {
  readonly files: number;
  readonly failed: number;
  /** Connections that were open at the same moment, at most. */
  readonly connections: number;
  /** Requests that asked how jobs stand, and rounds of asking. */
  readonly polls: number;
  readonly rounds: number;
  /** Most that went on at the same moment. */
  readonly sendsAtOnce: number;
  readonly downloadsAtOnce: number;
  /** Bytes of memory at most, beyond what the process began with. */
  readonly memory: number;
}

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

async function buyAll({ folder, url, key, jobs: amount, count }: ManyJobsOptions): Promise<LoadMeasurement> {
  let connections = 0;
  const countConnections = () => {
    const open = process.getActiveResourcesInfo().filter((resource) => resource === "TCPSocketWrap").length;
    connections = Math.max(connections, open);
  };
  const active = { imageInference: 0, getResponse: 0, download: 0 };
  const peak = { ...active };
  const total = { ...active };
  let rounds = 0;
  const basePorts = nodePorts(folder, { name: "sandbox", url, key }, log);
  const kindOf = (init: RequestInit): keyof typeof active =>
    init.body === undefined
      ? "download"
      : String(init.body).includes('"getResponse"')
        ? "getResponse"
        : "imageInference";
  const ports = {
    ...basePorts,
    async fetch(address: string, init: RequestInit): Promise<Response> {
      const kind = kindOf(init);
      total[kind]++;
      peak[kind] = Math.max(peak[kind], ++active[kind]);
      try {
        return await basePorts.fetch(address, init).finally(countConnections);
      } finally {
        active[kind]--;
      }
    },
    sleep(ms: number, signal: AbortSignal): Promise<void> {
      rounds++;
      return basePorts.sleep(ms, signal);
    },
  };
  const jobs = new Jobs(ports, klingImage3);
  const request: Omit<Request, "prompt"> = {
    ...{ references: [], shape: { width: 1024, height: 1024 }, count, quality: 80 },
    ...{ format: "JPG", outputType: "URL", deliveryMethod: "async" },
  };
  const initialMemory = process.memoryUsage().rss;
  const ended = await Promise.allSettled(
    Array.from({ length: amount }, (_, index) => {
      const target = { folder: picturesUri(folder), name: `fox-${index}`, keep: "all" } as const;
      const order = { request: { ...request, prompt: `Fox number ${index}` }, target };
      return jobs.buy(order, new AbortController().signal);
    }),
  );
  return {
    files: ended.flatMap((end) => (end.status === "fulfilled" ? end.value.files : [])).length,
    failed: ended.filter(({ status }) => status === "rejected").length,
    connections,
    polls: total.getResponse,
    rounds,
    sendsAtOnce: peak.imageInference,
    downloadsAtOnce: peak.download,
    memory: process.resourceUsage().maxRSS * 1024 - initialMemory,
  };
}

const options: ManyJobsOptions = JSON.parse(process.argv[2] ?? "");
process.stdout.write(`${JSON.stringify(await buyAll(options))}\n`);
