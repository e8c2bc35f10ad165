import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isUnfinished, type Job } from "../../src/core/jobs/job.ts";
import { parseJob } from "../../src/core/jobs/jobSchema.ts";
import type { Request } from "../../src/core/request/request.ts";
import { toolIds } from "../../src/core/tools/tool.ts";
import { createRandom, type Random } from "../../src/sandbox/drawing/random.ts";
import { type ProxyAction, type RecordedRequest, startFaultProxy } from "./faultProxy.ts";
import { storageFolders } from "./nodePorts.ts";
import type { ProcessRunOptions } from "./processRun.ts";
import { runLimnProcess } from "./processRuns.ts";
import { toolFields } from "./toolRequest.ts";
import type { UniquePictureSandbox } from "./uniquePictureSandbox.ts";
import { digestOf } from "./uniquePictures.ts";

/** Options that all runs of a series share. */
export interface CrashRunOptions {
  /** Path of the bundled processRun.ts. */
  readonly program: string;
  readonly service: UniquePictureSandbox;
  /** Usual run time of a process that is not killed, in milliseconds; see `measureProcessRun`. */
  readonly usualMs: number;
  /** Whether requests fail at random as well. */
  readonly hasRandomFaults?: boolean;
}

/** Result of one purchase whose process was killed several times. */
export interface CrashRunReport {
  readonly seed: string;
  /** Number of killed processes. */
  readonly kills: number;
  /** Number of requests that failed because of an injected fault. */
  readonly faults: number;
  /** Number of pictures that the service has billed, and of those in the workspace. */
  readonly bought: number;
  readonly saved: number;
  /** Pictures that were billed and are not in the workspace. */
  readonly lost: number;
  /** Tasks accepted twice or sent under another UUID, and pictures that were saved twice. */
  readonly doubled: number;
  /** One sentence per problem; empty if the run passed. */
  readonly problems: readonly string[];
}

/** Pauses are shorter by this factor: a minute takes 0.3 seconds. */
const speedFactor = 200;

/** Maximum number of processes, one after the other, until the purchase is done. */
const maxProcessRuns = 12;

const promptRequest = (random: Random): Request => ({
  model: "klingai:kling-image@3",
  prompt: "A fox in the snow",
  references: [],
  shape: { width: 1024, height: 1024 },
  count: Math.floor(random.between(1, 5)),
  format: random.pick(["JPG", "PNG", "WEBP"]),
  quality: 80,
  outputType: random.pick(["URL", "base64Data", "dataURI"]),
  deliveryMethod: random.pick(["async", "sync"]),
});

/** The same to a tool of the service, which makes one picture of another one. */
const toolRequest = (random: Random): Request => ({
  ...promptRequest(random),
  ...toolFields(random.pick([{ id: "removeBackground" }, { id: "upscale", factor: 2 }])),
  format: random.pick(["PNG", "WEBP"]),
});

/** Most requests are prompts. */
const randomRequest = (random: Random): Request =>
  random.between(0, 1) < 0.25 ? toolRequest(random) : promptRequest(random);

const jsonHeaders = { "content-type": "application/json" };

const paidTaskTypes: ReadonlySet<string | undefined> = new Set(["imageInference", ...toolIds]);

/** Faults that are injected at random. */
const randomFaults: readonly [ProxyAction, ...ProxyAction[]] = [
  { cut: "before" },
  { cut: "after" },
  { answer: { status: 500, body: "<html>Oops</html>", headers: { "content-type": "text/html" } } },
  { answer: { status: 503, body: "" } },
  { answer: { status: 429, body: '{"errors":[]}', headers: { ...jsonHeaders, "retry-after": "1" } } },
  { change: (body) => body.slice(0, body.length / 2) },
];

/** Reads the job files of a folder. */
async function jobsIn(folder: string): Promise<readonly Job[]> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => readFile(join(folder, name), "utf8")),
  );
  return texts.map((text) => parseJob(text)).filter((job) => job !== undefined);
}

const taskUuidOf = ({ body }: RecordedRequest): string => {
  const [task]: { taskUUID?: string }[] = JSON.parse(body);
  return task?.taskUUID ?? "";
};

/** Returns the median time of a purchase of one or four pictures, in ms, without a kill. */
export async function measureProcessRun(program: string, service: UniquePictureSandbox): Promise<number> {
  const durations: number[] = [];
  for (const count of [1, 4, 1, 4, 4]) {
    const folder = await mkdtemp(join(tmpdir(), "limn-crash-"));
    const { url, key } = service.sandbox;
    const duration = await runLimnProcess(program, {
      folder,
      url,
      key,
      speedFactor,
      request: { ...promptRequest(createRandom("usual")), count },
    });
    await rm(folder, { recursive: true, force: true });
    durations.push(duration);
  }
  return durations.sort((one, other) => one - other)[2] ?? 0;
}

/** Checks the final state: bought once, saved once, nothing lost, no temporary file left. */
async function checkOutcome(
  folder: string,
  { sandbox, servedDigests }: UniquePictureSandbox,
  sentUuids: readonly string[],
) {
  const folders = storageFolders(folder);
  const jobs = await jobsIn(folders.journal);
  const bought = jobs.filter(({ taskUUID }) => sandbox.ledger.acceptedCount(taskUUID) > 0);
  const pictures = bought.reduce((sum, { request }) => sum + request.count, 0);
  const files = await readdir(folders.pictures).catch(() => []);
  const vault = await readdir(folders.vault).catch(() => []);
  const saved = await Promise.all(files.map((name) => readFile(join(folders.pictures, name)).then(digestOf)));
  const checks: readonly (readonly [string, boolean])[] = [
    ["there is more than one job file", jobs.length > 1],
    ["it was sent under more than one UUID", new Set(sentUuids).size > 1],
    ["it was sent without a job file", sentUuids.some((id) => !jobs.some(({ taskUUID }) => taskUUID === id))],
    ["it was bought twice", bought.some(({ taskUUID }) => sandbox.ledger.acceptedCount(taskUUID) > 1)],
    ["the job is not finished", bought.some(isUnfinished)],
    [`${saved.length} files hold ${pictures} pictures`, saved.length !== pictures],
    ["a picture was saved twice", new Set(saved).size !== saved.length],
    ["a file is not a picture of the service", saved.some((bytes) => !servedDigests.has(bytes))],
    [`the vault holds ${vault.join()}`, vault.length !== pictures],
    [
      "the journal does not list the files",
      bought.some(({ pictures: own }) => own.some(({ kept }) => kept.length !== 1)),
    ],
    [
      "temporary files were left",
      [...files, ...vault, ...(await readdir(folders.journal).catch(() => []))].some((name) => name.startsWith(".")),
    ],
  ];
  const accepted = bought.reduce((sum, { taskUUID }) => sum + sandbox.ledger.acceptedCount(taskUUID), 0);
  const different = new Set(saved).size;
  return {
    bought: pictures,
    saved: saved.length,
    lost: pictures - different,
    doubled: accepted - bought.length + Math.max(0, new Set(sentUuids).size - 1) + saved.length - different,
    problems: checks.filter(([, isProblem]) => isProblem).map(([problem]) => problem),
  };
}

/**
 * Buys pictures in a process, kills it with SIGKILL at a random moment one to three times, and
 * restarts it until it is done. The seed decides what is bought, when the process is killed (as a
 * share of `usualMs`), and which requests fail.
 */
export async function crashRun(
  { program, service, usualMs, hasRandomFaults = false }: CrashRunOptions,
  seed: string,
): Promise<CrashRunReport> {
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), "limn-crash-"));
  const faultProxy = await startFaultProxy(service.sandbox.url);
  let faultCount = 0;
  faultProxy.setRule(() => {
    if (!hasRandomFaults || random.between(0, 1) > 0.2) {
      return undefined;
    }
    faultCount++;
    return random.pick(randomFaults);
  });
  try {
    const runOptions: ProcessRunOptions = { folder, url: faultProxy.url, key: service.sandbox.key, speedFactor };
    const plannedKills = Math.floor(random.between(1, 4));
    let kills = 0;
    const request = randomRequest(random);
    const randomKillMs = () => random.between(0, usualMs * 1.1);
    let durationMs = await runLimnProcess(program, { ...runOptions, request }, randomKillMs());
    for (let processRuns = 1; durationMs === undefined && processRuns < maxProcessRuns; processRuns++) {
      kills++;
      durationMs = await runLimnProcess(program, runOptions, processRuns < plannedKills ? randomKillMs() : undefined);
    }
    // The random faults may have left a job unfinished: checks it as Check Again does.
    faultProxy.setRule(() => undefined);
    if ((await jobsIn(storageFolders(folder).journal)).some(isUnfinished)) {
      await runLimnProcess(program, runOptions);
    }
    const sentUuids = faultProxy.requests.filter(({ taskType }) => paidTaskTypes.has(taskType)).map(taskUuidOf);
    return { seed, kills, faults: faultCount, ...(await checkOutcome(folder, service, sentUuids)) };
  } finally {
    await faultProxy.close();
    await rm(folder, { recursive: true, force: true });
  }
}
