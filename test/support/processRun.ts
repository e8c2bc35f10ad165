// node processRun.ts '{"folder":…,"url":…,"key":…,"speedFactor":…,"request":…}'
//
// Runs Limn's core and the host's storage without VS Code. Deletes stale temporary files, resumes
// unfinished jobs, and buys the request if there is one. Writes `started` at the start and `done`
// at the end; the parent process may kill it in between.

import { isUnfinished } from "../../src/core/jobs/job.ts";
import { Jobs } from "../../src/core/jobs/jobs.ts";
import { family } from "../../src/core/models/family.ts";
import type { JobRequest } from "../../src/core/request/request.ts";
import { removeStaleTempFilesIn } from "../../src/host/storage/tempFile.ts";
import { nodePorts, picturesUri, storageFolders } from "./nodePorts.ts";
import { silentLog } from "./silentLog.ts";

/** Argument of this program, as JSON. */
export interface ProcessRunOptions {
  readonly folder: string;
  readonly url: string;
  readonly key: string;
  /** Pauses are shorter by this factor. */
  readonly speedFactor: number;
  readonly request?: JobRequest["request"];
}

const neverAborted = new AbortController().signal;
const print = (word: string): void => void process.stdout.write(`${word}\n`);
const log = { ...silentLog, error: (line: string) => void process.stderr.write(`${line}\n`) };

async function runLimn({ folder, url, key, speedFactor, request }: ProcessRunOptions): Promise<void> {
  const ports = nodePorts(folder, { name: "sandbox", url, key }, log);
  const jobs = new Jobs({ ...ports, sleep: (ms, signal) => ports.sleep(ms / speedFactor, signal) }, family);
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
