// npm test [-- <suite>… [filter…]]
//
// Runs all suites, or those that the leading words name: first check, package and build, one after
// the other, while the set-up compiles VS Code if that is missing; then e2e, host and unit side by
// side, if there are cores and memory for them. e2e and host each keep one core busy and often
// wait; unit runs at a low priority and uses what they leave. A failure does not stop the run, so
// that the last line counts all tests. The suites unit, host and e2e run only the test files whose
// path contains one of the filters; for other suites alone, a filter is an error. A filter that is
// the name of a suite needs more of the path: `npm test -- unit test/build`.
//
// The output of a suite that runs beside others is printed when it ends. Until then it can be read
// in .cache/test/<suite>.log.
import { mkdir, rm } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { startGuardedChild } from "./guardedChild.ts";
import { vsixPath } from "./manifest.ts";
import { cache, root } from "./paths.ts";
import { readTestCount, sumTestCounts, type TestCount } from "./testCount.ts";
import { selectTests, type TestSelection } from "./testSelection.ts";

/** What one suite needs at most: a VS Code, Chromium and the tests. */
const suiteBytes = 2.2e9;
const progressMs = 30_000;
const reportsFolder = `${cache}/test/reports`;
const bin = `${root}/node_modules/.bin`;
const script = (file: string) => [process.execPath, `${root}/${file}`] as const;
const vitest = (report: string, ...args: readonly string[]) =>
  [`${bin}/vitest`, "run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`] as const;

/** A program that runs tests. Without its own report it counts as one test. */
interface Suite {
  readonly name: string;
  readonly hasReport: boolean;
  /** Whether filters select its test files. */
  readonly hasFilters: boolean;
  /** Whether it needs VS Code with its native parts. */
  readonly needsVscode?: boolean;
  /** The program that starts it with another priority while it runs beside others. */
  readonly priority?: readonly string[];
  /** Matches the lines of its output that say that something is done. */
  readonly doneLine?: RegExp;
  /** The program and its arguments. `filters` select test files. */
  readonly command: (report: string, filters: readonly string[]) => readonly string[];
}

/** A file of Vitest, and a test of Mocha. */
const doneFile = /^ [✓❯] .*\btest\//gm;
const doneTest = /^ +(✔|\d+\)) /gm;

/** These run first, in this order, because the last build of dist/ has to be the plain one. */
const preparingSuites: readonly Suite[] = [
  { name: "check", hasReport: true, hasFilters: false, command: () => script("scripts/check.ts") },
  { name: "package", hasReport: false, hasFilters: false, command: () => script("scripts/package.ts") },
  { name: "build", hasReport: false, hasFilters: false, command: () => script("esbuild.mjs") },
];

/** In the order in which they start. */
const testSuites: readonly Suite[] = [
  {
    name: "e2e",
    hasReport: true,
    hasFilters: true,
    needsVscode: true,
    doneLine: doneFile,
    command: (report, filters) => vitest(report, "--config", "test/e2e/vitest.config.ts", ...filters),
  },
  {
    name: "host",
    hasReport: true,
    hasFilters: true,
    needsVscode: true,
    doneLine: doneTest,
    command: (_report, filters) => [...script("test/support/host/runInServer.ts"), ...filters],
  },
  {
    name: "unit",
    hasReport: true,
    hasFilters: true,
    priority: ["nice", "-n", "5"],
    doneLine: doneFile,
    command: (report, filters) => vitest(report, ...filters),
  },
];

const suites = [...preparingSuites, ...testSuites];
function readArguments(): TestSelection<Suite> {
  try {
    return selectTests(suites, process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

const { selected, filters } = readArguments();
const isSelected = (suite: string) => selected.some(({ name }) => name === suite);
/** Environment variables that name what the tests need not build. */
const built = {
  ...(isSelected("package") ? { LIMN_VSIX: vsixPath } : {}),
  ...(isSelected("build") ? { LIMN_DIST_IS_BUILT: "1" } : {}),
};

/** The suites that run now, with what they have done. */
const running = new Map<string, () => number>();

/** Runs one suite. Prints its output at once, or when it ends if `isBesideOthers`. */
async function runSuite(suite: Suite, isBesideOthers = false): Promise<TestCount> {
  const { name, hasReport, doneLine, command, priority = [] } = suite;
  const heading = `\n━━━ ${name} ━━━\n`;
  if (!isBesideOthers) process.stdout.write(heading);
  const startedAt = Date.now();
  const report = `${reportsFolder}/${name}.json`;
  const [program = "", ...args] = [...(isBesideOthers ? priority : []), ...command(report, filters)];
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
  const child = startGuardedChild(program, args, {
    cwd: root,
    env: { ...process.env, ...colour, ...built, LIMN_TEST_COUNT: report },
    log: `${cache}/test/${name}.log`,
    onOutput: (chunk) => void (isBesideOthers || process.stdout.write(chunk)),
  });
  running.set(name, () => [...stripVTControlCharacters(child.output()).matchAll(doneLine ?? /$^/g)].length);
  const code = await child.exitCode;
  running.delete(name);
  const counted = hasReport ? await readTestCount(report) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const { passed, failed } = countFailedExit(counted, code);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (isBesideOthers) process.stdout.write(`${heading}${child.output()}`);
  process.stdout.write(`${name}: ${passed} passed, ${failed} failed, ${seconds} s\n`);
  return { passed, failed };
}

/**
 * Compiles VS Code if a selected suite needs it and it is missing. Returns the count of a failed
 * suite if that fails.
 */
async function completeSetup(): Promise<TestCount[]> {
  if (!selected.some(({ needsVscode }) => needsVscode)) return [];
  const child = startGuardedChild(process.execPath, [`${root}/scripts/setup.mjs`, "vscode", "browser"], {
    cwd: root,
    env: process.env,
    log: `${cache}/test/setup.log`,
    onOutput: (chunk) => void process.stdout.write(chunk),
  });
  return (await child.exitCode) === 0 ? [] : [{ passed: 0, failed: 1 }];
}

/** Counts one failure if a suite has no report, or reports no failure and exits with an error. */
function countFailedExit(testCount: TestCount | undefined, code: number): TestCount {
  if (testCount === undefined) return { passed: 0, failed: 1 };
  return code !== 0 && testCount.failed === 0 ? { ...testCount, failed: 1 } : testCount;
}

/**
 * Runs suites side by side: two at a time if cores and memory allow, and with more memory a third
 * one, which gets the time that the others leave.
 */
async function runSideBySide(waiting: Suite[]): Promise<TestCount[]> {
  const most = availableParallelism() < 2 ? 1 : 3;
  const count = Math.max(1, Math.min(waiting.length, most, Math.floor(totalmem() / suiteBytes)));
  const startedAt = Date.now();
  const printProgress = () => {
    const done = [...running].map(([name, countDone]) => `${name} ${countDone()}`).join(", ");
    process.stdout.write(`${Math.round((Date.now() - startedAt) / 1000)} s: ${done}\n`);
  };
  const timer = count > 1 ? setInterval(printProgress, progressMs) : undefined;
  const testCounts: TestCount[] = [];
  const runNext = async (): Promise<void> => {
    const suite = waiting.shift();
    if (suite === undefined) return;
    testCounts.push(await runSuite(suite, count > 1));
    await runNext();
  };
  if (count > 1) {
    process.stdout.write(`\nRunning ${waiting.map(({ name }) => name).join(", ")}, ${count} at a time.\n`);
    process.stdout.write("Done so far: tests of host, files of the others.\n");
  }
  await Promise.all(Array.from({ length: count }, runNext));
  clearInterval(timer);
  return testCounts;
}

await rm(reportsFolder, { recursive: true, force: true });
await mkdir(reportsFolder, { recursive: true });
const testCounts: TestCount[] = [];
const setup = completeSetup();
for (const suite of preparingSuites.filter(({ name }) => isSelected(name))) testCounts.push(await runSuite(suite));
const setupFailures = await setup;
testCounts.push(...setupFailures);
const canUseVscode = setupFailures.length === 0;
const selectedTests = testSuites.filter(({ name, needsVscode }) => isSelected(name) && (canUseVscode || !needsVscode));
testCounts.push(...(await runSideBySide(selectedTests)));
const { passed, failed } = sumTestCounts(testCounts);
process.exitCode = failed > 0 ? 1 : 0;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
