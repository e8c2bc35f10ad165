import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { Jobs } from "../../../src/core/jobs/jobs.ts";
import { family } from "../../../src/core/models/family.ts";
import type { Endpoint, LogPort, Ports } from "../../../src/core/ports.ts";
import type { JobRequest, Request, Target } from "../../../src/core/request/request.ts";
import { type SandboxServer, type SandboxServerOptions, startSandboxServer } from "../../../src/sandbox/server.ts";
import { type ProxyAction, type RecordedRequest, startFaultProxy } from "../../support/faultProxy.ts";
import { nodePorts, picturesUri } from "../../support/nodePorts.ts";
import { quickSandboxDeps } from "../../support/sandboxDeps.ts";
import { createFetchTiming, type FetchTiming } from "./fetchTiming.ts";

/** Starts a sandbox without delay, closed after the test. */
export async function openSandbox(options: Partial<SandboxServerOptions> = {}): Promise<SandboxServer> {
  const sandbox = await startSandboxServer({ ...quickSandboxDeps, delay: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A signal that never aborts. */
export const neverAborted = new AbortController().signal;

/** Ports over a temporary folder, with simulated time. */
export interface TestEnvironment {
  readonly ports: Ports;
  /**
   * Path of the folder that holds `journal`, `vault`, `fallback` (the fallback folder) and
   * `pictures`.
   */
  readonly folder: string;
  /** URI of the folder that pictures are kept in. */
  readonly picturesFolder: string;
  /** All log lines. */
  readonly logLines: readonly string[];
  /** The requested pauses in milliseconds. */
  readonly pauses: readonly number[];
  /** Controls the simulated time of calls. */
  readonly fetchTiming: FetchTiming;
  /** Moves the clock by milliseconds; negative values move it back. */
  advanceClock(ms: number): void;
  /** Opens a window: `Jobs` over the same folders, with the journal loaded. */
  openWindow(ports?: Ports): Promise<Jobs>;
  /** The sorted file names of a folder; empty if it does not exist. */
  listFolder(of: "journal" | "vault" | "fallback" | "pictures"): Promise<string[]>;
}

/** The decoded last segment of a URI. */
export const fileName = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));

/** Reads a file; rejects if it does not exist. */
export const readBytes = (uri: string): Promise<Uint8Array> => readFile(fileURLToPath(uri));

/** A clock that advances only by `sleep`, which does not wait. */
function createClock() {
  let now = Date.UTC(2026, 1, 5, 12);
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    advanceClock(ms: number): void {
      now += ms;
    },
    async sleep(ms: number, signal: AbortSignal): Promise<void> {
      signal.throwIfAborted();
      pauses.push(ms);
      now += ms;
      await setImmediate();
      signal.throwIfAborted();
    },
  };
}

function createLog(): LogPort & { readonly lines: string[] } {
  const logLines: string[] = [];
  const write = (message: string) => void logLines.push(message);
  return { lines: logLines, debug: write, info: write, warn: write, error: write };
}

/** In memory if possible: these tests sync thousands of files to disk. */
const temporaryFolder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/**
 * Creates Node ports over a temporary folder, which is deleted after the test. Time is simulated.
 */
export async function createEnvironment({
  url,
  key,
  name = "https://api.runware.ai/v1",
}: Pick<Endpoint, "url" | "key"> & Partial<Pick<Endpoint, "name">>): Promise<TestEnvironment> {
  const folder = await mkdtemp(join(temporaryFolder, "limn-core-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { lines: logLines, ...log } = createLog();
  const { pauses, advanceClock, ...clock } = createClock();
  const fetchTiming = createFetchTiming();
  const endpoint: Endpoint = { name, url, key };
  const ports: Ports = {
    ...nodePorts(folder, endpoint, log),
    ...clock,
    fetch: fetchTiming.fetch,
    timer: fetchTiming.timer,
  };
  return {
    ports,
    folder,
    picturesFolder: picturesUri(folder),
    logLines,
    pauses,
    fetchTiming,
    advanceClock,
    async openWindow(windowPorts = ports) {
      const jobs = new Jobs(windowPorts, family);
      await jobs.journal.load();
      return jobs;
    },
    listFolder: async (of) => (await readdir(join(folder, of)).catch(() => [])).sort(),
  };
}

/** A request for one small picture. */
export const createRequest = (more: Partial<Request> = {}): Request => ({
  model: family[0].id,
  prompt: "A lighthouse at dusk",
  references: [],
  shape: { width: 1024, height: 1024 },
  count: 1,
  format: "JPG",
  quality: 80,
  outputType: "URL",
  deliveryMethod: "async",
  ...more,
});

/** A job request for one small picture, kept as `lighthouse`. */
export const createJobRequest = (
  environment: TestEnvironment,
  more: Partial<Request> = {},
  target: Partial<Target> = {},
): JobRequest => ({
  request: createRequest(more),
  target: { folder: environment.picturesFolder, name: "lighthouse", keep: "all", ...target },
});

/**
 * Starts a sandbox, a fault proxy before it, and a window that uses the proxy. The sandbox plays
 * Runware: its jobs count as real money unless `endpointName` is the sandbox's own.
 */
export async function setUp({
  endpointName,
  ...options
}: Partial<SandboxServerOptions> & { endpointName?: string } = {}) {
  const sandbox = await openSandbox(options);
  const faultProxy = await startFaultProxy(sandbox.url);
  onTestFinished(() => faultProxy.close());
  const environment = await createEnvironment({
    url: faultProxy.url,
    key: sandbox.key,
    ...(endpointName === undefined ? {} : { name: endpointName }),
  });
  faultProxy.onHang(environment.fetchTiming.expireTimeout);
  const jobs = await environment.openWindow();
  return {
    sandbox,
    faultProxy,
    environment,
    jobs,
    buy: (more: Partial<Request> = {}, target: Partial<Target> = {}, signal: AbortSignal = neverAborted) =>
      jobs.buy(createJobRequest(environment, more, target), signal),
    /** The UUIDs of all sent image tasks, in order. */
    sentTaskIds: (): string[] =>
      faultProxy.requests.filter(isSend).map(({ body }) => {
        const [task]: { taskUUID?: string }[] = JSON.parse(body);
        return task?.taskUUID ?? "";
      }),
    /** Reads the only job from disk; throws if there is not exactly one. */
    async readJob(): Promise<Job> {
      const names = await readdir(join(environment.folder, "journal"));
      // A window that was stopped may still be writing the next state into a temporary file.
      const [name = "", ...others] = names.filter((each) => each.endsWith(".json"));
      const readOnlyJob = parseJob(await readFile(join(environment.folder, "journal", name), "utf8"));
      if (readOnlyJob === undefined || others.length > 0) {
        throw new Error("There is not exactly one job in the journal.");
      }
      return readOnlyJob;
    },
  };
}

export const isSend = ({ taskType }: RecordedRequest): boolean => taskType === "imageInference";
export const isPoll = ({ taskType }: RecordedRequest): boolean => taskType === "getResponse";
export const isArchive = ({ taskType }: RecordedRequest): boolean => taskType === "getTaskDetails";
export const isDownload = ({ method }: RecordedRequest): boolean => method === "GET";

/** A proxy rule that applies `action` to the first `count` matching requests. */
export const onFirst =
  (count: number, matches: (request: RecordedRequest) => boolean, action: ProxyAction) =>
  (request: RecordedRequest): ProxyAction | undefined =>
    matches(request) && request.precedingCount < count ? action : undefined;

/** A proxy rule that applies `action` to every request of these kinds. */
export const onEvery = (action: ProxyAction, ...kinds: readonly ((request: RecordedRequest) => boolean)[]) =>
  onFirst(Number.POSITIVE_INFINITY, (request) => kinds.some((is) => is(request)), action);

/** An action that answers with this body, as JSON unless it is a string. */
export const respondWith = (value: unknown, status = 200, headers: Record<string, string> = {}): ProxyAction => ({
  answer: { status, headers, body: typeof value === "string" ? value : JSON.stringify(value) },
});
