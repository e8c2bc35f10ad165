import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isUnfinished, type Job, parseJob } from "../../src/core/jobs/job.ts";
import type { Request } from "../../src/core/request/request.ts";
import { createRandom, type Random } from "../../src/sandbox/drawing/random.ts";
import { type ProxyAction, type RecordedRequest, startFaultProxy } from "./faultProxy.ts";
import { storageFolders } from "./nodePorts.ts";
import type { ProcessRunOptions } from "./processRun.ts";
import { runLimnProcess } from "./processRuns.ts";
import { digestOf, type UniquePictureSandbox } from "./uniquePictureSandbox.ts";

/** What runs have in common. */
export interface CrashRunOptions {
  /** The bundled life. */
  readonly program: string;
  readonly service: UniquePictureSandbox;
  /** Milliseconds that a life usually lasts. */
  readonly usualMs: number;
  /** Whether network and service fail at random as well. */
  readonly hasRandomFaults?: boolean;
}

/** What became of one purchase that was killed again and again. */
export interface CrashRunReport {
  readonly seed: string;
  /** How many lives were killed before they ended by themselves. */
  readonly kills: number;
  /** Requests that met with something else than the truth. */
  readonly faults: number;
  /** Pictures that the service has billed, and those that are in the workspace. */
  readonly bought: number;
  readonly saved: number;
  /** Pictures that were billed and are not there. */
  readonly lost: number;
  /** Tasks accepted again or sent under another UUID, and pictures that were saved again. */
  readonly doubled: number;
  /** What is not as it must be, each in a sentence; none where all is well. */
  readonly problems: readonly string[];
}

/** Times faster that pauses pass in a life: a minute of silence is a third of a second. */
const speedFactor = 200;

/** Lives that may follow each other until all is done. */
const maxProcessRuns = 12;

const randomRequest = (random: Random): Request => ({
  prompt: "A fox in the snow",
  references: [],
  shape: { width: 1024, height: 1024 },
  count: Math.floor(random.between(1, 5)),
  format: random.pick(["JPG", "PNG", "WEBP"]),
  quality: 80,
  outputType: random.pick(["URL", "base64Data", "dataURI"]),
  deliveryMethod: random.pick(["async", "sync"]),
});

const jsonHeaders = { "content-type": "application/json" };

/** What a bad day does to requests. */
const randomFaults: readonly [ProxyAction, ...ProxyAction[]] = [
  { cut: "before" },
  { cut: "after" },
  { answer: { status: 500, body: "<html>Oops</html>", headers: { "content-type": "text/html" } } },
  { answer: { status: 503, body: "" } },
  { answer: { status: 429, body: '{"errors":[]}', headers: { ...jsonHeaders, "retry-after": "1" } } },
  { change: (body) => body.slice(0, body.length / 2) },
];

/** The job files of a folder. */
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

/**
 * Milliseconds that an undisturbed life lasts from its first word on, buying one picture and four
 * by turns; the median of some.
 */
export async function measureProcessRun(program: string, service: UniquePictureSandbox): Promise<number> {
  const lengths: number[] = [];
  for (const count of [1, 4, 1, 4, 4]) {
    const folder = await mkdtemp(join(tmpdir(), "limn-crash-"));
    const { url, key } = service.sandbox;
    const length = await runLimnProcess(program, {
      folder,
      url,
      key,
      speedFactor,
      request: { ...randomRequest(createRandom("usual")), count },
    });
    await rm(folder, { recursive: true, force: true });
    lengths.push(length);
  }
  return lengths.sort((one, other) => one - other)[2] ?? 0;
}

/**
 * What is not as it must be when all lives are over: bought once, saved once, nothing lost, nothing
 * left lying about.
 */
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
    ["more than one job was written down", jobs.length > 1],
    ["it was sent under more than one UUID", new Set(sentUuids).size > 1],
    ["it was sent without being written down", sentUuids.some((id) => !jobs.some(({ taskUUID }) => taskUUID === id))],
    ["it was bought twice", bought.some(({ taskUUID }) => sandbox.ledger.acceptedCount(taskUUID) > 1)],
    ["the job is not finished", bought.some(isUnfinished)],
    [`${saved.length} files hold ${pictures} pictures`, saved.length !== pictures],
    ["a picture was saved twice", new Set(saved).size !== saved.length],
    ["a file is not a picture that was made", saved.some((bytes) => !servedDigests.has(bytes))],
    [`the vault holds ${vault.join()}`, vault.length !== pictures],
    [
      "the journal does not name the files",
      bought.some(({ pictures: own }) => own.some(({ kept }) => kept.length !== 1)),
    ],
    [
      "files were left lying about",
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
    problems: checks.filter(([, is]) => is).map(([problem]) => problem),
  };
}

/**
 * Buys something in a process that is killed by SIGKILL at a random moment, then lets it live again
 * until all is done; it may be killed again on the way. With `badDay`, the network and the service
 * fail at random as well. The seed decides on what is bought, when it is killed (as a share of a
 * life's usual length), and what fails.
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
    // What the network has kept from being known is asked for once more, as a person would with
    // “Check Again”.
    faultProxy.setRule(() => undefined);
    if ((await jobsIn(storageFolders(folder).journal)).some(isUnfinished)) {
      await runLimnProcess(program, runOptions);
    }
    const sentUuids = faultProxy.requests.filter(({ taskType }) => taskType === "imageInference").map(taskUuidOf);
    return { seed, kills, faults: faultCount, ...(await checkOutcome(folder, service, sentUuids)) };
  } finally {
    await faultProxy.close();
    await rm(folder, { recursive: true, force: true });
  }
}
