import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import { root } from "../../scripts/paths.ts";
import type { ProcessRunOptions } from "./processRun.ts";

/** Milliseconds after which a process counts as stuck and is killed. */
const maxRunMs = 60_000;

/** Bundles a program of this folder, which is started hundreds of times, and returns its path. */
export async function bundleProgram(
  name: "processRun" | "secondWindow" | "groupPurchases" | "manyJobs",
  folder: string,
): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  const entryPoints = [`${root}/test/support/${name}.ts`];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    // The package's Node build calls `require`, which ES modules lack.
    alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js" },
  });
  return outfile;
}

/**
 * Runs the bundled processRun.ts and resolves with the milliseconds from `started` to `done`. With
 * `killAfterMs`, sends SIGKILL that many milliseconds after `started`, and resolves with
 * `undefined` if the process was killed before it was done. Throws if the process ends early
 * without being killed.
 */
export async function runLimnProcess(
  program: string,
  options: ProcessRunOptions,
  killAfterMs?: undefined,
): Promise<number>;
export async function runLimnProcess(
  program: string,
  options: ProcessRunOptions,
  killAfterMs: number | undefined,
): Promise<number | undefined>;
export async function runLimnProcess(
  program: string,
  options: ProcessRunOptions,
  killAfterMs?: number,
): Promise<number | undefined> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ["ignore", "pipe", "pipe"] });
  const { promise: started, resolve: resolveStarted } = Promise.withResolvers<number>();
  const { promise: done, resolve: resolveDone } = Promise.withResolvers<number>();
  let written = "";
  const onOutput = (text: string) => {
    written += text;
    if (/^started$/m.test(written)) {
      resolveStarted(performance.now());
    }
    if (/^done$/m.test(written)) {
      resolveDone(performance.now());
    }
  };
  child.stdout.setEncoding("utf8").on("data", onOutput);
  child.stderr.setEncoding("utf8").on("data", onOutput);
  const ended = new Promise<undefined>((resolve) => child.once("close", () => resolve(undefined)));
  const processEnded = new AbortController();
  const kill = (ms: number) => wait(ms, undefined, { signal: processEnded.signal }).then(() => child.kill("SIGKILL"));
  const killTimer = started.then(() => kill(killAfterMs ?? maxRunMs)).catch(() => undefined);
  const doneAt = await Promise.race([done, ended]);
  await ended;
  processEnded.abort();
  if (doneAt !== undefined) {
    await killTimer;
    return doneAt - (await started);
  }
  if (child.signalCode !== "SIGKILL" || killAfterMs === undefined) {
    throw new Error(`The process ended early (${child.signalCode ?? child.exitCode}). It wrote: ${written}`);
  }
  return undefined;
}
