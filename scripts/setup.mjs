// Installs what is missing, then runs a program under Node 24:
//
//   node scripts/setup.mjs [vscode] [browser] -- <file.ts | name in node_modules/.bin> [arguments]
//
// This is JavaScript without dependencies, because it runs on a fresh clone, under Node 20 or
// later. It starts the program itself: with `&&` in package.json, dash would use the `node` it
// found first, even after the set-up has put Node 24 first on the PATH.
import { join } from "node:path";
import { missingBrowserPackages } from "./setup/browser.mjs";
import { root } from "./setup/environment.mjs";
import { withLock } from "./setup/lock.mjs";
import { installPackages, packagesAreInstalled } from "./setup/packages.mjs";
import { runUnderNode24 } from "./setup/runUnderNode24.mjs";
import { stopWithStep } from "./setup/step.mjs";
import { prepareSystemPackages } from "./setup/systemPackages.mjs";
import { compileVscode, installVscode, missingCompilerPackages, vscodeIsInstalled } from "./setup/vscode.mjs";

const separator = process.argv.indexOf("--");
const parts = process.argv.slice(2, separator);
const [program, ...rest] = process.argv.slice(separator + 1);

if (separator < 0 || program === undefined) {
  process.stderr.write("Usage: node scripts/setup.mjs [vscode] [browser] -- <program> [arguments]\n");
  process.exit(2);
}

const lacksVscode = () => parts.includes("vscode") && !vscodeIsInstalled();
const lacksBrowser = () => parts.includes("browser") && missingBrowserPackages().length > 0;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of signals) process.on(signal, stopWithStep);

try {
  if (!packagesAreInstalled() || lacksVscode() || lacksBrowser()) {
    await withLock(join(root, ".cache", "setup.lock"), async () => {
      const needs = [
        ...(lacksBrowser() ? missingBrowserPackages() : []),
        ...(lacksVscode() ? missingCompilerPackages() : []),
      ];
      const installSystemPackages = prepareSystemPackages(needs);
      const needsVscode = lacksVscode();
      // One waits for the disk while the other downloads. All end before an error is reported.
      const steps = await Promise.allSettled([
        installSystemPackages(),
        packagesAreInstalled() ? undefined : installPackages(),
        needsVscode ? installVscode() : undefined,
      ]);
      const failures = steps.flatMap(({ reason }) => (reason === undefined ? [] : [reason.message]));
      if (failures.length > 0) throw new Error(failures.join("\n\n"));
      if (needsVscode) await compileVscode();
    });
  }
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

for (const signal of signals) process.off(signal, stopWithStep);
process.exitCode = await runUnderNode24(program, rest);
