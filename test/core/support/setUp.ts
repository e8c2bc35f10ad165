import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, onTestFinished } from "vitest";
import { type Job, parseJob } from "../../../src/core/jobs/job.ts";
import { Jobs } from "../../../src/core/jobs/jobs.ts";
import { klingImage3 } from "../../../src/core/models/klingImage3.ts";
import type { Endpoint, LogPort, Ports } from "../../../src/core/ports.ts";
import type { JobRequest, Request, Target } from "../../../src/core/request/request.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../../src/sandbox/tasks/sandboxDeps.ts";
import { type ProxyAction, type RecordedRequest, startFaultProxy } from "../../support/faultProxy.ts";
import { nodePorts, picturesUri } from "../../support/nodePorts.ts";
import { createLine, type Line } from "./heldFetch.ts";

const { imaging, fonts } = sandboxDepsFromSources();
afterAll(() => imaging.dispose());

/** A sandbox without delay, closed after the test. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ imaging, fonts, delay: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A signal that never aborts. */
export const never = new AbortController().signal;

/** What a world is, beside its ports. */
export interface World {
  readonly ports: Ports;
  /**
   * The folder's name in the file system, with `journal`, `vault`, `refuge` and `pictures` in it.
   */
  readonly folder: string;
  /** URI of the folder that pictures are kept in. */
  readonly pictures: string;
  /** Everything that was logged. */
  readonly lines: readonly string[];
  /** The pauses that were asked for, milliseconds. */
  readonly pauses: readonly number[];
  /** What lies between this world and the network. */
  readonly line: Line;
  /** Lets time pass, milliseconds; less than nothing turns the clock back. */
  pass(ms: number): void;
  /** A window: jobs over the same folders, the journal read. */
  open(ports?: Ports): Promise<Jobs>;
  /** The names in one of the folders. */
  names(of: "journal" | "vault" | "refuge" | "pictures"): Promise<string[]>;
}

/** The last part of a URI, as a person reads it. */
export const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));

/** The bytes of a file that must be there. */
export const bytesAt = (uri: string): Promise<Uint8Array> => readFile(fileURLToPath(uri));

/** A clock that goes on only when somebody sleeps, and never waits. */
function createClock() {
  let now = Date.UTC(2026, 1, 5, 12);
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    pass(ms: number): void {
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
  const lines: string[] = [];
  const write = (message: string) => void lines.push(message);
  return { lines, debug: write, info: write, warn: write, error: write };
}

/** In memory where there is such a place: thousands of files are synced to the disk here. */
const fastFolder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/**
 * Ports of a plain Node process over a new temporary folder, which is removed after the test; only
 * time is made up.
 */
export async function openWorld({ url, key }: Pick<Endpoint, "url" | "key">): Promise<World> {
  const folder = await mkdtemp(join(fastFolder, "limn-core-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { lines, ...log } = createLog();
  const { pauses, pass, ...clock } = createClock();
  const line = createLine();
  const endpoint: Endpoint = { name: "sandbox", url, key };
  const ports: Ports = { ...nodePorts(folder, endpoint, log), ...clock, fetch: line.fetch, timer: line.alarm };
  return {
    ports,
    folder,
    pictures: picturesUri(folder),
    lines,
    pauses,
    line,
    pass,
    async open(own = ports) {
      const jobs = new Jobs(own, klingImage3);
      await jobs.journal.load();
      return jobs;
    },
    names: async (of) => (await readdir(join(folder, of)).catch(() => [])).sort(),
  };
}

/** A request for one small picture. */
export const request = (more: Partial<Request> = {}): Request => ({
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

/** An order for one small picture, kept in the world's folder as `lighthouse`. */
export const order = (world: World, more: Partial<Request> = {}, target: Partial<Target> = {}): JobRequest => ({
  request: request(more),
  target: { folder: world.pictures, name: "lighthouse", keep: "all", ...target },
});

/**
 * A sandbox, a front before it that can be told to misbehave, a world that knows only the front,
 * and a window.
 */
export async function openHouse(options: Partial<SandboxOptions> = {}) {
  const sandbox = await openSandbox(options);
  const front = await startFaultProxy(sandbox.url);
  onTestFinished(() => front.close());
  const world = await openWorld({ url: front.url, key: sandbox.key });
  front.onHang(world.line.hang);
  const jobs = await world.open();
  return {
    sandbox,
    front,
    world,
    jobs,
    buy: (more: Partial<Request> = {}, target: Partial<Target> = {}, signal: AbortSignal = never) =>
      jobs.buy(order(world, more, target), signal),
    /** The tasks that were sent to be paid for: each one's UUID, in order. */
    sends: (): string[] =>
      front.requests.filter(isSend).map(({ body }) => {
        const [task]: { taskUUID?: string }[] = JSON.parse(body);
        return task?.taskUUID ?? "";
      }),
    /** The only job there is, as it stands in the journal. */
    async job(): Promise<Job> {
      const [name = "", ...others] = await readdir(join(world.folder, "journal"));
      const job = parseJob(await readFile(join(world.folder, "journal", name), "utf8"));
      if (job === undefined || others.length > 0) {
        throw new Error("There is not exactly one job in the journal.");
      }
      return job;
    },
  };
}

export const isSend = ({ taskType }: RecordedRequest): boolean => taskType === "imageInference";
export const isPoll = ({ taskType }: RecordedRequest): boolean => taskType === "getResponse";
export const isArchive = ({ taskType }: RecordedRequest): boolean => taskType === "getTaskDetails";
export const isDownload = ({ method }: RecordedRequest): boolean => method === "GET";

/** A rule for the front: the first requests of a kind meet with this, all others with the truth. */
export const first =
  (count: number, is: (seen: RecordedRequest) => boolean, deed: ProxyAction) =>
  (seen: RecordedRequest): ProxyAction | undefined =>
    is(seen) && seen.precedingCount < count ? deed : undefined;

/** A rule for the front: every request of these kinds meets with this. */
export const every = (deed: ProxyAction, ...kinds: readonly ((seen: RecordedRequest) => boolean)[]) =>
  first(Number.POSITIVE_INFINITY, (seen) => kinds.some((is) => is(seen)), deed);

/** An answer of the API with this body. */
export const says = (value: unknown, status = 200, headers: Record<string, string> = {}): ProxyAction => ({
  answer: { status, headers, body: typeof value === "string" ? value : JSON.stringify(value) },
});
