// npm run fuzz [-- <runs>]: checks the properties of test/fuzz, each with at least 10,000 inputs.
import { runBin } from "../../scripts/runBin.ts";

const [runs = "10000"] = process.argv.slice(2);
if (!/^\d+$/.test(runs)) {
  process.stderr.write("Usage: npm run fuzz [-- <inputs for each property>]\n");
  process.exit(2);
}
process.env.LIMN_FUZZ_RUNS = runs;
const { code } = await runBin("vitest", ["run", "test/fuzz", "--testTimeout=900000", "--reporter=verbose"]);
process.exitCode = code;
