// npm test: every suite in turn, also after one has failed, so that the sum at the end is whole.
import { mkdir, rm } from "node:fs/promises";
import { vsixPath } from "./manifest.ts";
import { cache, root } from "./paths.ts";
import { run } from "./run.ts";
import { readTally, sum, type Tally } from "./tally.ts";

const reports = `${cache}/test/reports`;
const bin = `${root}/node_modules/.bin`;
const script = (file: string) => [process.execPath, `${root}/${file}`] as const;
const vitest = (report: string, ...args: string[]) =>
  [`${bin}/vitest`, "run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`] as const;

/** A suite: a program, and whether it leaves a report of its own. One without counts as a single test. */
interface Suite {
  readonly name: string;
  readonly reports: boolean;
  readonly command: (report: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const suites: readonly Suite[] = [
  { name: "check", reports: true, command: () => script("test/support/check.ts") },
  { name: "build", reports: false, command: () => script("esbuild.mjs") },
  { name: "package", reports: false, command: () => script("test/support/package.ts") },
  { name: "unit", reports: true, command: (report) => vitest(report) },
  { name: "host", reports: true, command: () => script("test/support/host/run.ts") },
  {
    name: "e2e",
    reports: true,
    command: (report) => vitest(report, "--config", "test/e2e/vitest.config.ts"),
    env: { LIMN_VSIX: vsixPath },
  },
];

async function runSuite({ name, reports: leavesReport, command, env = {} }: Suite): Promise<Tally> {
  process.stdout.write(`\n━━━ ${name} ━━━\n`);
  const report = `${reports}/${name}.json`;
  const [program = "", ...args] = command(report);
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
  const { code, ms } = await run(program, args, {
    cwd: root,
    env: { ...process.env, ...colour, ...env, LIMN_TALLY: report },
  });
  const counted = leavesReport ? await readTally(report) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const tally = honest(counted, code);
  process.stdout.write(`${name}: ${tally.passed} passed, ${tally.failed} failed, ${(ms / 1000).toFixed(1)} s\n`);
  return tally;
}

/** A suite that reports nothing, or that reports no failure and ends with an error, has one failure. */
function honest(tally: Tally | undefined, code: number): Tally {
  if (tally === undefined) return { passed: 0, failed: 1 };
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
const tallies: Tally[] = [];
for (const suite of suites) tallies.push(await runSuite(suite));
const { passed, failed } = sum(tallies);
process.exitCode = failed > 0 ? 1 : 0;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
