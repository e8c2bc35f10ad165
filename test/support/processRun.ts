// node life.ts '{"folder":…,"url":…,"key":…,"haste":…,"order":…}'
//
// A life of Limn in a process of its own: the core over the host's storage, as in a window, without
// VS Code. It clears what the dead have left, takes up whatever is unfinished, and buys what the
// order says, if there is one. It writes `started` when it begins and `done` when nothing is left
// to do; whoever started it may kill it in between.

import { isUnfinished } from "../../src/core/jobs/job.ts";
import { Jobs } from "../../src/core/jobs/jobs.ts";
import { klingImage3 } from "../../src/core/models/klingImage3.ts";
import type { JobRequest } from "../../src/core/request/request.ts";
import { removeStaleTempFilesIn } from "../../src/host/storage/tempFile.ts";
import { nodePorts, picturesUri, storageFolders } from "./nodePorts.ts";

/** What a life is told. */
export interface ProcessRunOptions {
  readonly folder: string;
  readonly url: string;
  readonly key: string;
  /** How many times faster its pauses pass. */
  readonly speedFactor: number;
  readonly request?: JobRequest["request"];
}

const neverAborted = new AbortController().signal;
const print = (word: string): void => void process.stdout.write(`${word}\n`);
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: (line: string) => void process.stderr.write(`${line}\n`) };

async function runLimn({ folder, url, key, speedFactor, request }: ProcessRunOptions): Promise<void> {
  const ports = nodePorts(folder, { name: "sandbox", url, key }, log);
  const jobs = new Jobs({ ...ports, sleep: (ms, signal) => ports.sleep(ms / speedFactor, signal) }, klingImage3);
  print("started");
  await Promise.all(Object.values(storageFolders(folder)).map(removeStaleTempFilesIn));
  await jobs.journal.load();
  const unfinishedJobs = jobs.journal.list().filter(isUnfinished);
  const target = { folder: picturesUri(folder), name: "fox", keep: "all" } as const;
  await Promise.allSettled([
    ...unfinishedJobs.map(({ taskUUID }) => jobs.checkAgain(taskUUID, neverAborted)),
    ...(request === undefined ? [] : [jobs.buy({ request, target }, neverAborted)]),
  ]);
  print("done");
}

const options: ProcessRunOptions = JSON.parse(process.argv[2] ?? "");
await runLimn(options);
