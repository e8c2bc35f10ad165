// npm run soak [-- --runs N] [--seed S] [--write]
//
// The long part of the tests: purchases in processes that are killed at random moments, on good days and on bad ones, and crowds of jobs.
// It ends with a failure where a picture was lost or bought twice. With --write, the figures go into docs/reliability.md.
import { mkdtemp, rm } from "node:fs/promises";
import { arch, availableParallelism, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureLife, type Report, type Setting } from "../support/crashRun.ts";
import { crashRuns } from "../support/crashRuns.ts";
import { openDealer } from "../support/dealer.ts";
import { bundleProgram } from "../support/lives.ts";
import { type Load, loadRun } from "../support/loadRun.ts";
import { root } from "../support/paths.ts";
import { type Row, tableOf, writeFigures } from "./figures.ts";

const string = { type: "string" } as const;
const { values } = parseArgs({ options: { runs: string, seed: string, write: { type: "boolean", default: false } } });
const runs = Number(values.runs ?? 200);
const seed = values.seed ?? String(Date.now());

const crowds = 5;
const crowdSize = 100;

/** Bytes that each picture of a crowd has more than need be, so that together they are more than a process may hold. */
const crowdPadding = 800_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs until so many were killed; tells where something is wrong, and how far it has come. */
function killMany(setting: Setting, kind: string, amount: number): Promise<readonly Report[]> {
  let runs = 0;
  return crashRuns(
    setting,
    `${seed}-${kind}`,
    { killed: amount, bought: amount / 4 },
    ({ seed: own, wrongs }, killed) => {
      if (wrongs.length > 0) {
        say(`✖ ${own}: ${wrongs.join("; ")}`);
      }
      if (++runs % 20 === 0) {
        say(`${kind}: ${killed} of ${amount} killed`);
      }
    },
  );
}

const sum = <Value>(all: readonly Value[], of: (value: Value) => number): number =>
  all.reduce((total, value) => total + of(value), 0);

const crashRow = (kind: string, reports: readonly Report[]): Row => ({
  kind,
  runs: reports.length,
  kills: sum(reports, ({ kills }) => kills),
  faults: sum(reports, ({ faults }) => faults),
  bought: sum(reports, ({ bought }) => bought),
  lost: sum(reports, ({ lost }) => lost),
  doubled: sum(reports, ({ doubled }) => doubled),
});

const crowdRow = (loads: readonly Load[]): Row => ({
  kind: `${crowdSize} jobs of four at once`,
  runs: loads.length,
  kills: 0,
  faults: 0,
  bought: sum(loads, ({ bought }) => bought),
  lost: sum(loads, ({ bought, saved }) => bought - saved),
  doubled: sum(loads, ({ tasks }) => tasks - crowdSize),
});

function* pages(reports: readonly Report[], rows: readonly Row[], loads: readonly Load[]): Generator<string> {
  const machine = `${platform()} ${arch()}, ${availableParallelism()} cores, Node ${process.versions.node}`;
  const most = (of: (load: Load) => number) => Math.max(...loads.map(of));
  yield `\`npm run soak -- --runs ${runs} --seed ${seed} --write\` on ${machine}:`;
  yield tableOf(rows);
  yield "A run buys one to four pictures in a process of Limn's own core and storage, which is killed by SIGKILL at a random moment, one to three times, and started again until all is done. On a bad day a fifth of all requests is cut, refused or answered with rubbish as well. *Lost* are pictures that were billed and are not in the workspace in the end; *doubled* are tasks that were accepted twice or sent under a second UUID, and pictures that were saved twice. Of every run it is checked too that job and files tell the same, and that no half or temporary file is left.";
  yield `The crowds passed through one window each, with at most ${most(({ sendsAtOnce }) => sendsAtOnce)} sends, ${most(({ downloadsAtOnce }) => downloadsAtOnce)} downloads and ${most(({ connections }) => connections)} connections at a time, ${sum(loads, ({ polls }) => polls)} polls in ${sum(loads, ({ rounds }) => rounds)} rounds, and at most ${Math.round(most(({ memory }) => memory) / 1e6)} MB of memory for ${Math.round(most(({ bytes }) => bytes) / 1e6)} MB of pictures.`;
  yield `The seed decides on what is bought, when it is killed, and what fails. ${reports.filter(({ bought }) => bought === 0).length} of the runs were killed before anything was sent.`;
}

async function crowdRuns(program: string): Promise<readonly Load[]> {
  const dealer = await openDealer({ delay: 20 }, crowdPadding);
  const loads: Load[] = [];
  try {
    for (let index = 0; index < crowds; index++) {
      loads.push(await loadRun(program, dealer, crowdSize));
      say(`crowd: ${index + 1} of ${crowds}`);
    }
    return loads;
  } finally {
    await dealer.close();
  }
}

async function soak(folder: string): Promise<boolean> {
  say(`Seed ${seed}`);
  const dealer = await openDealer({ delay: 20 });
  try {
    const program = await bundleProgram("life", folder);
    const setting = { program, dealer, length: await measureLife(program, dealer) };
    const good = await killMany(setting, "killed", runs);
    const bad = await killMany({ ...setting, badDay: true }, "killed on a bad day", Math.ceil(runs / 2));
    const loads = await crowdRuns(await bundleProgram("crowd", folder));
    const rows = [crashRow("killed", good), crashRow("killed on a bad day", bad), crowdRow(loads)];
    const reports = [...good, ...bad];
    say(`\n${tableOf(rows)}\n`);
    if (values.write) {
      await writeFigures(`${root}/docs/reliability.md`, [...pages(reports, rows, loads)].join("\n\n"));
    }
    const isWell = reports.every(({ wrongs }) => wrongs.length === 0) && loads.every((load) => load.failed === 0);
    return isWell && rows.every(({ lost, doubled }) => lost === 0 && doubled === 0);
  } finally {
    await dealer.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), "limn-soak-"));
try {
  process.exitCode = (await soak(folder)) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
