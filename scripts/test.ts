// npm test: every suite in turn, also after one has failed, so that the sum at the end is whole.
import { mkdir, rm } from "node:fs/promises";
import { vsixPath } from "./manifest.ts";
import { cache, root } from "./paths.ts";
import { runProgram } from "./runProgram.ts";
import { readTestCount, sumTestCounts, type TestCount } from "./testCount.ts";

const reportsFolder = `${cache}/test/reports`;
const bin = `${root}/node_modules/.bin`;
const script = (file: string) => [process.execPath, `${root}/${file}`] as const;
const vitest = (report: string, ...args: string[]) =>
  [`${bin}/vitest`, "run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`] as const;

/**
 * A suite: a program, and whether it leaves a report of its own. One without counts as a single
 * test.
 */
interface Suite {
  readonly name: string;
  readonly hasReport: boolean;
  readonly command: (report: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const suites: readonly Suite[] = [
  { name: "check", hasReport: true, command: () => script("scripts/check.ts") },
  { name: "build", hasReport: false, command: () => script("esbuild.mjs") },
  { name: "package", hasReport: false, command: () => script("scripts/package.ts") },
  { name: "unit", hasReport: true, command: (report) => vitest(report) },
  { name: "host", hasReport: true, command: () => script("test/support/host/runInServer.ts") },
  {
    name: "e2e",
    hasReport: true,
    command: (report) => vitest(report, "--config", "test/e2e/vitest.config.ts"),
    env: { LIMN_VSIX: vsixPath },
  },
];

async function runSuite({ name, hasReport: leavesReport, command, env = {} }: Suite): Promise<TestCount> {
  process.stdout.write(`\n━━━ ${name} ━━━\n`);
  const report = `${reportsFolder}/${name}.json`;
  const [program = "", ...args] = command(report);
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
  const { code, ms } = await runProgram(program, args, {
    cwd: root,
    env: { ...process.env, ...colour, ...env, LIMN_TEST_COUNT: report },
  });
  const counted = leavesReport
    ? await readTestCount(report)
    : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const testCount = countFailedExit(counted, code);
  process.stdout.write(
    `${name}: ${testCount.passed} passed, ${testCount.failed} failed, ${(ms / 1000).toFixed(1)} s\n`,
  );
  return testCount;
}

/**
 * A suite that reports nothing, or that reports no failure and ends with an error, has one failure.
 */
function countFailedExit(testCount: TestCount | undefined, code: number): TestCount {
  if (testCount === undefined) return { passed: 0, failed: 1 };
  return code !== 0 && testCount.failed === 0 ? { ...testCount, failed: 1 } : testCount;
}

await rm(reportsFolder, { recursive: true, force: true });
await mkdir(reportsFolder, { recursive: true });
const testCounts: TestCount[] = [];
for (const suite of suites) testCounts.push(await runSuite(suite));
const { passed, failed } = sumTestCounts(testCounts);
process.exitCode = failed > 0 ? 1 : 0;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
