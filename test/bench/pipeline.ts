import { execFileSync } from "node:child_process";
import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "../../scripts/paths.ts";
import { createJobs, jobRequestFor, portsIn } from "./benchJobs.ts";
import { buyWithCurl } from "./curlPipeline.ts";
import { buyWithFetch } from "./fetchPipeline.ts";
import type { Figure } from "./figure.ts";
import { type PictureService, startPictureService } from "./pictureService.ts";
import { measureInterleaved } from "./rounds.ts";
import { maxPerTask } from "./tasks.ts";

const bytes = 5_000_000;

/** Numbers of pictures and rounds. Few pictures need more rounds, since other load weighs more. */
const series = [
  { count: 1, rounds: 61 },
  { count: 10, rounds: 15 },
  { count: 100, rounds: 5 },
] as const;

const neverAborted = new AbortController().signal;

/** Polls without pauses, to measure only the work. */
const noPause = { min: 1, max: 1 };

/** Buys with Limn's core and real ports; returns milliseconds until the last picture is saved. */
async function buyWithLimn(service: PictureService, count: number, folder: string): Promise<number> {
  const jobs = createJobs(portsIn(folder, service), noPause);
  const jobRequests = Array.from({ length: Math.ceil(count / maxPerTask) }, (_, index) =>
    jobRequestFor(folder, Math.min(maxPerTask, count - index * maxPerTask)),
  );
  const startedAt = performance.now();
  await Promise.all(jobRequests.map((jobRequest) => jobs.buy(jobRequest, neverAborted)));
  return performance.now() - startedAt;
}

/** Runs `work` without fsync, to measure the share of fsync. Limn always uses fsync. */
async function withoutSync<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const file = await open(join(folder, "any"), "w");
  await file.close();
  const files: { sync(): Promise<void> } = Object.getPrototypeOf(file);
  const { sync } = files;
  files.sync = async () => undefined;
  try {
    return await work();
  } finally {
    files.sync = sync;
  }
}

/**
 * Runs `work` in a new folder, and throws unless it saved `count` pictures. Syncs the disk before
 * the next measurement.
 */
async function measureInFolder(count: number, work: (folder: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(cache, "bench", "pipeline-"));
  try {
    const ms = await work(folder);
    const savedNames = await readdir(join(folder, "pictures"));
    if (savedNames.length !== count) throw new Error(`${savedNames.length} pictures of ${count} have arrived.`);
    return ms;
  } finally {
    await rm(folder, { recursive: true });
    execFileSync("sync");
  }
}

/** Measures all ways of buying in turn, with and without fsync. */
async function measure(service: PictureService, count: number, rounds: number) {
  const limn = (folder: string) => buyWithLimn(service, count, folder);
  const valuesOf = await measureInterleaved(
    rounds,
    ["limn", () => measureInFolder(count, limn)],
    ["curl", () => measureInFolder(count, (folder) => buyWithCurl(service, count, folder, true))],
    ["fetch", () => measureInFolder(count, (folder) => buyWithFetch(service, count, folder))],
    ["limnCached", () => measureInFolder(count, (folder) => withoutSync(folder, () => limn(folder)))],
    ["curlCached", () => measureInFolder(count, (folder) => buyWithCurl(service, count, folder, false))],
  );
  return {
    limn: valuesOf("limn"),
    curl: valuesOf("curl"),
    fetch: valuesOf("fetch"),
    limnCached: valuesOf("limnCached"),
    curlCached: valuesOf("curlCached"),
  };
}

type Measured = Awaited<ReturnType<typeof measure>>;

function figuresOf(count: number, { limn, curl, fetch, limnCached, curlCached }: Measured): Figure[] {
  const name = `${count} ${count === 1 ? "picture" : "pictures"} of 5 MB`;
  const ratioOptions = { unit: "ms", compare: "ratio" } as const;
  return [
    { ...ratioOptions, name: `${name}, durable`, own: limn, other: curl, counterpart: "curl, cp, sync", goal: 1.15 },
    {
      ...ratioOptions,
      name: `${name}, durable`,
      own: limn,
      other: fetch,
      counterpart: "fetch, copyFile, fsync",
      goal: 1.1,
    },
    {
      ...ratioOptions,
      name: `${name}, without fsync on either side`,
      own: limnCached,
      other: curlCached,
      counterpart: "curl, cp",
      goal: 1.15,
    },
    {
      ...ratioOptions,
      name: `${name}, durable against not durable`,
      own: limn,
      other: curlCached,
      counterpart: "curl, cp",
    },
  ];
}

/**
 * Measures 1, 10 and 100 pictures, bought, stored in the vault and kept, against a shell script.
 */
export async function measurePipeline(): Promise<Figure[]> {
  const service = await startPictureService({ bytes });
  try {
    const figures: Figure[] = [];
    const perPicture: (readonly number[])[] = [];
    for (const { count, rounds } of series) {
      const measured = await measure(service, count, rounds);
      figures.push(...figuresOf(count, measured));
      perPicture.push(measured.limn.map((ms) => ms / count));
    }
    const [, ten = [], hundred = []] = perPicture;
    figures.push({
      name: "One of 100 pictures: growth is linear",
      unit: "ms",
      own: hundred,
      other: ten.slice(0, hundred.length),
      counterpart: "one of 10 pictures",
      compare: "ratio",
      goal: 1.15,
    });
    return figures;
  } finally {
    await service.stop();
  }
}
