import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const guardScript = fileURLToPath(new URL("childGuard.ts", import.meta.url));

/** A program that ends with this process, even when this process is killed. */
export interface GuardedChild {
  /**
   * Resolves when the output matches `pattern`. Rejects if the program ends before, or after
   * `limitMs`.
   */
  waitFor(pattern: RegExp, limitMs: number): Promise<RegExpExecArray>;
  /** Resolves with the exit code when the program has ended. */
  readonly exitCode: Promise<number>;
  /** The whole output. */
  output(): string;
  /** The last 25 lines of the output, for error messages. */
  tail(): string;
  /** Stops the program. Resolves when its whole process group has ended. */
  stop(): Promise<void>;
}

/** How a guarded program runs. */
interface GuardedOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The file that its output is written to. */
  readonly log: string;
  readonly cwd?: string;
  /** Gets the output as it comes. */
  readonly onOutput?: (chunk: string) => void;
}

/** Starts a program that ends with this process. */
export function startGuardedChild(
  command: string,
  args: readonly string[],
  { env, log, cwd, onOutput }: GuardedOptions,
): GuardedChild {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const child = spawn(process.execPath, [guardScript, command, ...args], {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    detached: true,
    stdio: ["pipe", "pipe", "pipe", "ipc"],
  });
  let code = 1;
  child.on("message", (message) => {
    code = Number(message);
  });
  let text = "";
  const outputListeners = new Set<() => void>();
  const ended = new Promise<void>((resolve) =>
    child.once("close", () => {
      file.end();
      resolve();
    }),
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      file.write(chunk);
      onOutput?.(chunk);
      for (const listener of outputListeners) listener();
    });
  }
  const tail = () => text.trimEnd().split("\n").slice(-25).join("\n");

  return {
    exitCode: ended.then(() => code),
    output: () => text,
    tail,
    async waitFor(pattern, limitMs) {
      const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
      const matchOutput = () => {
        const match = pattern.exec(text);
        if (match !== null) resolve(match);
      };
      const name = `${command} ${args.slice(0, 1).join(" ")}`;
      const timer = setTimeout(
        () => reject(new Error(`${name} did not get ready within ${limitMs / 1000} s. It wrote:\n${tail()}`)),
        limitMs,
      );
      outputListeners.add(matchOutput);
      void ended.then(() => reject(new Error(`${name} ended before it was ready. It wrote:\n${tail()}`)));
      matchOutput();
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        outputListeners.delete(matchOutput);
      }
    },
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}
