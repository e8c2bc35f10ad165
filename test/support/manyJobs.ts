// node --expose-gc manyJobs.ts '{"folder":…,"url":…,"key":…,"jobs":…,"count":…}'
//
// Buys many jobs at once, as one window. Runs in its own process, so that its memory and
// connections can be measured. Writes the measurement as one line of JSON.
import { Jobs } from "../../src/core/jobs/jobs.ts";
import { family } from "../../src/core/models/family.ts";
import type { Request } from "../../src/core/request/request.ts";
import { nodePorts, picturesUri } from "./nodePorts.ts";
import { silentLog } from "./silentLog.ts";

/** Argument of this program, as JSON. */
export interface ManyJobsOptions {
  readonly folder: string;
  readonly url: string;
  readonly key: string;
  readonly jobs: number;
  /** Number of pictures of each job. */
  readonly count: number;
}

/** What this program writes. */
export interface LoadMeasurement {
  readonly files: number;
  readonly failed: number;
  /** Maximum number of connections open at the same time. */
  readonly connections: number;
  /** Number of poll requests, and of pauses between them. */
  readonly polls: number;
  readonly rounds: number;
  /** Maximum number of concurrent requests of each kind. */
  readonly sendsAtOnce: number;
  readonly downloadsAtOnce: number;
  /**
   * Maximum number of bytes in use at once, on the heap and in buffers, above those at the start.
   */
  readonly memory: number;
}

/** Bytes on the heap and in buffers, without garbage, which may stay for long on a busy machine. */
function bytesInUse(): number {
  if (gc === undefined) throw new Error("Start this program with --expose-gc.");
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function buyAll({ folder, url, key, jobs: jobCount, count }: ManyJobsOptions): Promise<LoadMeasurement> {
  let connections = 0;
  const countConnections = () => {
    const open = process.getActiveResourcesInfo().filter((resource) => resource === "TCPSocketWrap").length;
    connections = Math.max(connections, open);
  };
  const active = { imageInference: 0, getResponse: 0, download: 0 };
  const peak = { ...active };
  const total = { ...active };
  let rounds = 0;
  let memory = 0;
  const initialMemory = bytesInUse();
  const measureMemory = () => {
    memory = Math.max(memory, bytesInUse() - initialMemory);
  };
  const basePorts = nodePorts(folder, { name: "sandbox", url, key }, silentLog);
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
      // Collecting garbage takes some milliseconds.
      if (kind === "download" && total.download % 20 === 0) measureMemory();
      peak[kind] = Math.max(peak[kind], ++active[kind]);
      try {
        return await basePorts.fetch(address, init).finally(countConnections);
      } finally {
        active[kind]--;
      }
    },
    // A download that stalls gives up its place. This server never stalls, but a busy machine may
    // be slow.
    timer: (ms: number, onElapsed: () => void) => basePorts.timer(100 * ms, onElapsed),
    sleep(ms: number, signal: AbortSignal): Promise<void> {
      rounds++;
      return basePorts.sleep(ms, signal);
    },
  };
  const jobs = new Jobs(ports, family);
  const request: Omit<Request, "prompt"> = {
    model: "klingai:kling-image@3",
    references: [],
    shape: { width: 1024, height: 1024 },
    count,
    quality: 80,
    format: "JPG",
    outputType: "URL",
    deliveryMethod: "async",
  };
  const results = await Promise.allSettled(
    Array.from({ length: jobCount }, (_, index) => {
      const target = { folder: picturesUri(folder), name: `fox-${index}`, keep: "all" } as const;
      const jobRequest = { request: { ...request, prompt: `Fox number ${index}` }, target };
      return jobs.buy(jobRequest, new AbortController().signal);
    }),
  );
  measureMemory();
  return {
    files: results.flatMap((result) => (result.status === "fulfilled" ? result.value.files : [])).length,
    failed: results.filter(({ status }) => status === "rejected").length,
    connections,
    polls: total.getResponse,
    rounds,
    sendsAtOnce: peak.imageInference,
    downloadsAtOnce: peak.download,
    memory,
  };
}

const options: ManyJobsOptions = JSON.parse(process.argv[2] ?? "");
process.stdout.write(`${JSON.stringify(await buyAll(options))}\n`);
