// npm run check: all checks of the source. Each counts as one test.
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { forEachConcurrently } from "../src/core/forEachConcurrently.ts";
import { biomeColors } from "./biomeColors.ts";
import { root } from "./paths.ts";
import { runBin } from "./runBin.ts";
import { writeTestCount } from "./testCount.ts";

/** Each folder with a tsconfig.json and TypeScript files. */
const layers = globSync(["src/*/tsconfig.json", "scripts/tsconfig.json", "test/tsconfig.json"], { cwd: root })
  .filter(
    (config) => globSync(`${dirname(config)}/**/*.{ts,tsx}`, { cwd: root, exclude: ["test/vscode/**"] }).length > 0,
  )
  .sort();

const checks: readonly (readonly [string, ...string[]])[] = [
  ["biome", "ci", "--max-diagnostics=50", "--error-on-warnings", biomeColors, "."],
  ...layers.map((config) => ["tsc", "--noEmit", "-p", config] as const),
  ["node", "scripts/layers.ts"],
  ["node", "scripts/prose.ts"],
  ["knip", "--no-progress", "--no-config-hints"],
];

const failed: string[] = [];
await forEachConcurrently(checks, availableParallelism(), async ([name, ...args]) => {
  const title = [name, ...args.filter((argument) => !argument.startsWith("-"))].join(" ");
  const { code, output, ms } = await runBin(name, args, { quiet: true });
  if (code !== 0) failed.push(title);
  process.stdout.write(`${output}${code === 0 ? "✔" : "✖"} ${title} (${(ms / 1000).toFixed(1)} s)\n`);
});
await writeTestCount(process.env.LIMN_TEST_COUNT, { passed: checks.length - failed.length, failed: failed.length });
if (failed.length > 0) process.stdout.write(`Failed: ${failed.join(", ")}.\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
