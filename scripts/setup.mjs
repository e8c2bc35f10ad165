// Installs what is missing, then runs a program under Node 24:
//
//   node scripts/setup.mjs [vscode] [browser] -- <file.ts | name in node_modules/.bin> [arguments]
//   node scripts/setup.mjs [vscode] [browser]
//
// `vscode-uncompiled` is VS Code without its native parts, for a program that runs `setup.mjs
// vscode` itself while it does something else.
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
import {
  compileVscode,
  installVscode,
  missingCompilerPackages,
  vscodeIsCompiled,
  vscodeIsInstalled,
} from "./setup/vscode.mjs";

const [parts, [program, ...rest]] = splitArguments(process.argv.slice(2));
const knownParts = ["vscode", "vscode-uncompiled", "browser"];

if (parts.some((part) => !knownParts.includes(part))) {
  process.stderr.write("Usage: node scripts/setup.mjs [vscode] [browser] [-- <program> [arguments]]\n");
  process.exit(2);
}

/** Splits the arguments at the first "--". */
function splitArguments(args) {
  const separator = args.indexOf("--");
  return separator < 0 ? [args, []] : [args.slice(0, separator), args.slice(separator + 1)];
}

const needsVscode = parts.includes("vscode") || parts.includes("vscode-uncompiled");
const lacksVscode = () => needsVscode && !vscodeIsInstalled();
const lacksCompiledVscode = () => parts.includes("vscode") && !vscodeIsCompiled();
const lacksBrowser = () => parts.includes("browser") && missingBrowserPackages().length > 0;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of signals) process.on(signal, stopWithStep);

try {
  if (!packagesAreInstalled() || lacksVscode() || lacksCompiledVscode() || lacksBrowser()) {
    await withLock(join(root, ".cache", "setup.lock"), async () => {
      const needs = [
        ...(lacksBrowser() ? missingBrowserPackages() : []),
        ...(needsVscode && !vscodeIsCompiled() ? missingCompilerPackages() : []),
      ];
      const installSystemPackages = prepareSystemPackages(needs);
      // One waits for the disk while the other downloads. All end before an error is reported.
      const steps = await Promise.allSettled([
        installSystemPackages(),
        packagesAreInstalled() ? undefined : installPackages(),
        lacksVscode() ? installVscode() : undefined,
      ]);
      const failures = steps.flatMap(({ reason }) => (reason === undefined ? [] : [reason.message]));
      if (failures.length > 0) throw new Error(failures.join("\n\n"));
      if (lacksCompiledVscode()) await compileVscode();
    });
  }
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

for (const signal of signals) process.off(signal, stopWithStep);
if (program !== undefined) process.exitCode = await runUnderNode24(program, rest);
