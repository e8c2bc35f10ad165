import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import type { Fate } from "./life.ts";
import { root } from "./paths.ts";

/** Milliseconds after which a life that was not killed is taken for stuck. */
const longestLife = 60_000;

/** Bundles a program of this folder into one file, because it is started hundreds of times. Gives its path. */
export async function bundleProgram(name: "life" | "rival" | "crowd", folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  const entryPoints = [`${root}/test/support/${name}.ts`];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  return outfile;
}

/**
 * Lives once, and gives how many milliseconds passed from its first word to its last. With `end`, SIGKILL comes so many milliseconds after its
 * first word, and `undefined` tells that it came first.
 */
export async function live(program: string, fate: Fate, end?: undefined): Promise<number>;
export async function live(program: string, fate: Fate, end: number | undefined): Promise<number | undefined>;
export async function live(program: string, fate: Fate, end?: number): Promise<number | undefined> {
  const child = spawn(process.execPath, [program, JSON.stringify(fate)], { stdio: ["ignore", "pipe", "pipe"] });
  const { promise: born, resolve: bear } = Promise.withResolvers<number>();
  const { promise: done, resolve: finish } = Promise.withResolvers<number>();
  let written = "";
  const hear = (text: string) => {
    written += text;
    if (/^alive$/m.test(written)) {
      bear(performance.now());
    }
    if (/^done$/m.test(written)) {
      finish(performance.now());
    }
  };
  child.stdout.setEncoding("utf8").on("data", hear);
  child.stderr.setEncoding("utf8").on("data", hear);
  const ended = new Promise<undefined>((resolve) => child.once("close", () => resolve(undefined)));
  const over = new AbortController();
  const kill = (ms: number) => wait(ms, undefined, { signal: over.signal }).then(() => child.kill("SIGKILL"));
  const killer = born.then(() => kill(end ?? longestLife)).catch(() => undefined);
  const last = await Promise.race([done, ended]);
  await ended;
  over.abort();
  if (last !== undefined) {
    await killer;
    return last - (await born);
  }
  if (child.signalCode !== "SIGKILL" || end === undefined) {
    throw new Error(`A life did not come to its end (${child.signalCode ?? child.exitCode}). It wrote: ${written}`);
  }
  return undefined;
}
