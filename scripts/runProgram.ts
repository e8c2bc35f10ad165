import { spawn } from "node:child_process";

/** The result of a program. */
export interface ProgramResult {
  readonly code: number;
  readonly output: string;
  /** Duration in milliseconds. */
  readonly ms: number;
}

/** Runs a program and waits for its end. Its output is printed at once, unless `quiet`. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { env = process.env, cwd, quiet = false }: { env?: NodeJS.ProcessEnv; cwd?: string; quiet?: boolean } = {},
): Promise<ProgramResult> {
  const startedAt = Date.now();
  const child = spawn(command, args, {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (to: NodeJS.WriteStream) => (chunk: string) => {
    output += chunk;
    if (!quiet) to.write(chunk);
  };
  child.stdout.setEncoding("utf8").on("data", collect(process.stdout));
  child.stderr.setEncoding("utf8").on("data", collect(process.stderr));
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? 1));
  });
  return { code, output, ms: Date.now() - startedAt };
}
