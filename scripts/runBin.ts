import { root } from "./paths.ts";
import { type ProgramResult, runProgram } from "./runProgram.ts";

/**
 * Runs a program of node_modules/.bin in the root folder. Its output is printed at once, unless
 * `quiet`.
 */
export async function runBin(
  name: string,
  args: readonly string[],
  { quiet = false }: { quiet?: boolean } = {},
): Promise<ProgramResult> {
  return await runProgram(`${root}/node_modules/.bin/${name}`, args, { cwd: root, quiet });
}
