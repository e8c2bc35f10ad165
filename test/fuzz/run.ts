// npm run fuzz [-- <runs>]: checks the properties of the unit tests, each with 10,000 inputs. The
// few that open a browser or start a process take as many in batches, or fewer.
import { glob, readFile } from "node:fs/promises";
import { root } from "../../scripts/paths.ts";
import { runBin } from "../../scripts/runBin.ts";

const [runs = "10000"] = process.argv.slice(2);
if (!/^\d+$/.test(runs)) {
  process.stderr.write("Usage: npm run fuzz [-- <inputs for each property>]\n");
  process.exit(2);
}
process.env.LIMN_FUZZ_RUNS = runs;

const files: string[] = [];
for await (const file of glob("test/{core,lightTable,fuzz,panel,imaging,sandbox,storage}/**/*.test.ts", {
  cwd: root,
})) {
  if (/"fast-check"|fuzzRuns/u.test(await readFile(`${root}/${file}`, "utf8"))) files.push(file);
}
const { code } = await runBin("vitest", ["run", ...files, "--testTimeout=900000", "--reporter=verbose"]);
process.exitCode = code;
