// npm run soak [-- --runs N] [--seed S] [--write]
//
// Long tests: purchases in processes that are killed at random moments, with and without random
// faults, and many jobs at once. Fails if a picture was lost or bought twice. With --write, the
// figures go into docs/reliability.md.
import { mkdtemp, rm } from "node:fs/promises";
import { arch, availableParallelism, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../scripts/paths.ts";
import { type CrashRunOptions, type CrashRunReport, measureProcessRun } from "../support/crashRun.ts";
import { crashRuns } from "../support/crashRuns.ts";
import { type LoadResult, loadRun } from "../support/loadRun.ts";
import { bundleProgram } from "../support/processRuns.ts";
import { startUniquePictureSandbox } from "../support/uniquePictureSandbox.ts";
import { type LongRunRow, longRunTable, writeLongRuns } from "./figures.ts";

const string = { type: "string" } as const;
const { values } = parseArgs({ options: { runs: string, seed: string, write: { type: "boolean", default: false } } });
const runs = Number(values.runs ?? 200);
const seed = values.seed ?? String(Date.now());

const loadRunCount = 5;
const jobsPerLoadRun = 100;

/** Bytes appended to each picture of a load run, so that their sum exceeds the memory limit. */
const paddingBytes = 800_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts runs until enough processes were killed; prints problems and progress. */
function runUntilKilled(options: CrashRunOptions, kind: string, amount: number): Promise<readonly CrashRunReport[]> {
  let runs = 0;
  return crashRuns(
    options,
    `${seed}-${kind}`,
    { killed: amount, bought: amount / 4 },
    ({ seed: own, problems }, killed) => {
      if (problems.length > 0) {
        print(`✖ ${own}: ${problems.join("; ")}`);
      }
      if (++runs % 20 === 0) {
        print(`${kind}: ${killed} of ${amount} killed`);
      }
    },
  );
}

const sumOf = <Value>(all: readonly Value[], of: (value: Value) => number): number =>
  all.reduce((total, value) => total + of(value), 0);

const crashRow = (kind: string, reports: readonly CrashRunReport[]): LongRunRow => ({
  kind,
  runs: reports.length,
  kills: sumOf(reports, ({ kills }) => kills),
  faults: sumOf(reports, ({ faults }) => faults),
  bought: sumOf(reports, ({ bought }) => bought),
  lost: sumOf(reports, ({ lost }) => lost),
  doubled: sumOf(reports, ({ doubled }) => doubled),
});

const loadRow = (loads: readonly LoadResult[]): LongRunRow => ({
  kind: `${jobsPerLoadRun} jobs of four pictures at once`,
  runs: loads.length,
  kills: 0,
  faults: 0,
  bought: sumOf(loads, ({ bought }) => bought),
  lost: sumOf(loads, ({ bought, saved }) => bought - saved),
  doubled: sumOf(loads, ({ tasks }) => tasks - jobsPerLoadRun),
});

function* reportParagraphs(
  reports: readonly CrashRunReport[],
  rows: readonly LongRunRow[],
  loads: readonly LoadResult[],
): Generator<string> {
  const machine = `${platform()} ${arch()}, ${availableParallelism()} cores, Node ${process.versions.node}`;
  const maximumOf = (of: (load: LoadResult) => number) => Math.max(...loads.map(of));
  yield `\`npm run soak -- --runs ${runs} --seed ${seed} --write\` on ${machine}:`;
  yield longRunTable(rows);
  yield "Each run buys one to four pictures in a process with Limn's core and storage. The process is killed with SIGKILL at a random moment, one to three times, and restarted until it is done. In the runs with faults, a fifth of all requests is also cut, refused or answered with garbage. *Lost* pictures were billed and are not in the workspace at the end. *Doubled* are tasks that were accepted twice or sent under a second UUID, and pictures that were saved twice. Each run also checks that job file and pictures agree, and that no partial or temporary file is left.";
  yield `Each load run had one window, with at most ${maximumOf(({ sendsAtOnce }) => sendsAtOnce)} sends, ${maximumOf(({ downloadsAtOnce }) => downloadsAtOnce)} downloads and ${maximumOf(({ connections }) => connections)} connections at a time, ${sumOf(loads, ({ polls }) => polls)} polls in ${sumOf(loads, ({ rounds }) => rounds)} rounds, and at most ${Math.round(maximumOf(({ memory }) => memory) / 1e6)} MB of memory in use for ${Math.round(maximumOf(({ bytes }) => bytes) / 1e6)} MB of pictures.`;
  yield `The seed decides what is bought, when the process is killed, and which requests fail. ${reports.filter(({ bought }) => bought === 0).length} of the runs were killed before they sent a request.`;
}

async function loadRuns(program: string): Promise<readonly LoadResult[]> {
  const service = await startUniquePictureSandbox({ delay: 20 }, paddingBytes);
  const loads: LoadResult[] = [];
  try {
    for (let index = 0; index < loadRunCount; index++) {
      loads.push(await loadRun(program, service, jobsPerLoadRun));
      print(`load run: ${index + 1} of ${loadRunCount}`);
    }
    return loads;
  } finally {
    await service.close();
  }
}

async function soak(folder: string): Promise<boolean> {
  print(`Seed ${seed}`);
  const service = await startUniquePictureSandbox({ delay: 20 });
  try {
    const program = await bundleProgram("processRun", folder);
    const options = { program, service, usualMs: await measureProcessRun(program, service) };
    const withoutFaults = await runUntilKilled(options, "killed", runs);
    const withFaults = await runUntilKilled(
      { ...options, hasRandomFaults: true },
      "killed, with faults",
      Math.ceil(runs / 2),
    );
    const loads = await loadRuns(await bundleProgram("manyJobs", folder));
    const rows = [crashRow("killed", withoutFaults), crashRow("killed, with faults", withFaults), loadRow(loads)];
    const reports = [...withoutFaults, ...withFaults];
    print(`\n${longRunTable(rows)}\n`);
    if (values.write) {
      await writeLongRuns(`${root}/docs/reliability.md`, [...reportParagraphs(reports, rows, loads)].join("\n\n"));
    }
    const hasPassed =
      reports.every(({ problems }) => problems.length === 0) && loads.every((load) => load.failed === 0);
    return hasPassed && rows.every(({ lost, doubled }) => lost === 0 && doubled === 0);
  } finally {
    await service.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), "limn-soak-"));
try {
  process.exitCode = (await soak(folder)) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
