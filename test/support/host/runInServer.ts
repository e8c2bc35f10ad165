// npm run test:host [-- <part of a test file's path>…]
//
// Without a filter, the test files run in two VS Codes at a time, if there are cores and memory for
// them: the tests mostly wait, for polls and for the window. The lines of the second one are
// printed when both have ended; until then they are in .cache/test/host-<process ID>.
import { appendFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { buildAll } from "../../../esbuild.mjs";
import { sumTestCounts, writeTestCount } from "../../../scripts/testCount.ts";
import { hostTestFiles } from "./bundle.ts";
import { inspectorPort } from "./drive.ts";
import { runGroup } from "./runGroup.ts";
import { closeWorkFolder, createWorkFolder } from "./workFolder.ts";

/** What all suites of `npm test` need at most if the host tests run in two VS Codes, in bytes. */
const bytesForTwo = 9e9;
const isDebugged = inspectorPort !== undefined;
const limitMs = (isDebugged ? 24 * 60 : 25) * 60_000;

const filters = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const files = hostTestFiles(filters);
const isSplit = filters.length === 0 && !isDebugged && availableParallelism() >= 2 && totalmem() >= bytesForTwo;
const middle = Math.ceil(files.length / 2);
const groups = isSplit ? [files.slice(0, middle), files.slice(middle)] : [files];
const workFolder = await createWorkFolder("host");
if (process.env.LIMN_DIST_IS_BUILT === undefined) await buildAll({ sourcemap: isDebugged });

const print = (line: string) => void process.stdout.write(`${line}\n`);
const laterLines: string[] = [];
const printLater = (line: string) => {
  laterLines.push(line);
  appendFileSync(`${workFolder}/tests-2.log`, `${line}\n`);
};
const counts = await Promise.all(
  groups.map((files, index) =>
    runGroup({ files, workFolder, name: String(index + 1), print: index === 0 ? print : printLater, limitMs }),
  ),
);
laterLines.forEach(print);

const testCount = sumTestCounts(counts);
if (testCount.failed > 0) process.exitCode = 1;
await writeTestCount(process.env.LIMN_TEST_COUNT, testCount);
process.stdout.write(`host: ${testCount.passed} passed, ${testCount.failed} failed\n`);
await closeWorkFolder(workFolder, testCount.failed > 0);
