import { root } from "./paths.ts";
import { type Ended, run } from "./run.ts";

/** Runs a program of node_modules/.bin in the project's root. */
export async function runBin(name: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return await run(`${root}/node_modules/.bin/${name}`, args, { cwd: root, env: { ...process.env, ...env } });
}
