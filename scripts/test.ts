// npm test [-- <suite>… [filter…]]
//
// Runs all suites, or those named, one after the other. A failure does not stop the run, so that
// the last line counts all tests. The suites unit, host and e2e run only the test files whose path
// contains one of the filters.
import { mkdir, rm } from "node:fs/promises";
import { vsixPath } from "./manifest.ts";
import { cache, root } from "./paths.ts";
import { runProgram } from "./runProgram.ts";
import { readTestCount, sumTestCounts, type TestCount } from "./testCount.ts";

const reportsFolder = `${cache}/test/reports`;
const bin = `${root}/node_modules/.bin`;
const script = (file: string) => [process.execPath, `${root}/${file}`] as const;
const vitest = (report: string, ...args: readonly string[]) =>
  [`${bin}/vitest`, "run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`] as const;

/** A program that runs tests. Without its own report it counts as one test. */
interface Suite {
  readonly name: string;
  readonly hasReport: boolean;
  /** The program and its arguments. `filters` select test files. */
  readonly command: (report: string, filters: readonly string[]) => readonly string[];
}

const suites: readonly Suite[] = [
  { name: "check", hasReport: true, command: () => script("scripts/check.ts") },
  { name: "build", hasReport: false, command: () => script("esbuild.mjs") },
  { name: "package", hasReport: false, command: () => script("scripts/package.ts") },
  { name: "unit", hasReport: true, command: (report, filters) => vitest(report, ...filters) },
  {
    name: "host",
    hasReport: true,
    command: (_report, filters) => [...script("test/support/host/runInServer.ts"), ...filters],
  },
  {
    name: "e2e",
    hasReport: true,
    command: (report, filters) => vitest(report, "--config", "test/e2e/vitest.config.ts", ...filters),
  },
];

const args = process.argv.slice(2);
const named = suites.filter(({ name }) => args.includes(name));
const selected = named.length > 0 ? named : suites;
const filters = args.filter((argument) => !suites.some(({ name }) => name === argument));
if (filters.length > 0 && named.length === 0) {
  process.stderr.write(`Name a suite first: ${suites.map(({ name }) => name).join(", ")}.\n`);
  process.exit(2);
}
/** Without it, the end-to-end tests build the VSIX themselves. */
const vsix = selected.some(({ name }) => name === "package") ? { LIMN_VSIX: vsixPath } : {};

async function runSuite({ name, hasReport, command }: Suite): Promise<TestCount> {
  process.stdout.write(`\n━━━ ${name} ━━━\n`);
  const report = `${reportsFolder}/${name}.json`;
  const [program = "", ...args] = command(report, filters);
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
  const { code, ms } = await runProgram(program, args, {
    cwd: root,
    env: { ...process.env, ...colour, ...vsix, LIMN_TEST_COUNT: report },
  });
  const counted = hasReport ? await readTestCount(report) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const testCount = countFailedExit(counted, code);
  process.stdout.write(
    `${name}: ${testCount.passed} passed, ${testCount.failed} failed, ${(ms / 1000).toFixed(1)} s\n`,
  );
  return testCount;
}

/** Counts one failure if a suite has no report, or reports no failure and exits with an error. */
function countFailedExit(testCount: TestCount | undefined, code: number): TestCount {
  if (testCount === undefined) return { passed: 0, failed: 1 };
  return code !== 0 && testCount.failed === 0 ? { ...testCount, failed: 1 } : testCount;
}

await rm(reportsFolder, { recursive: true, force: true });
await mkdir(reportsFolder, { recursive: true });
const testCounts: TestCount[] = [];
for (const suite of selected) testCounts.push(await runSuite(suite));
const { passed, failed } = sumTestCounts(testCounts);
process.exitCode = failed > 0 ? 1 : 0;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
