import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const leash = fileURLToPath(new URL("leash.ts", import.meta.url));

/** A program on a leash: it ends with this process, whatever happens to it. */
export interface Leashed {
  /** Waits until the program has written something that `pattern` matches; throws when it ends first or after `limitMs`. */
  waitFor(pattern: RegExp, limitMs: number): Promise<RegExpExecArray>;
  /** All the program has written. */
  all(): string;
  /** The last lines the program has written, for the message of a failure. */
  tail(): string;
  /** Resolves when the program and its whole process group are gone. */
  stop(): Promise<void>;
}

/** Starts a program; all it writes goes to the file `log` too. */
export function startLeashed(
  command: string,
  args: readonly string[],
  { env, log, cwd }: { env: NodeJS.ProcessEnv; log: string; cwd?: string },
): Leashed {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const child = spawn(process.execPath, [leash, command, ...args], {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let text = "";
  const watchers = new Set<() => void>();
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      file.write(chunk);
      for (const watcher of watchers) watcher();
    });
  }
  const tail = () => text.trimEnd().split("\n").slice(-25).join("\n");

  return {
    all: () => text,
    tail,
    async waitFor(pattern, limitMs) {
      const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
      const look = () => {
        const match = pattern.exec(text);
        if (match !== null) resolve(match);
      };
      const name = `${command} ${args.slice(0, 1).join(" ")}`;
      const timer = setTimeout(
        () => reject(new Error(`${name} did not get ready within ${limitMs / 1000} s. It wrote:\n${tail()}`)),
        limitMs,
      );
      watchers.add(look);
      void ended.then(() => reject(new Error(`${name} ended before it was ready. It wrote:\n${tail()}`)));
      look();
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        watchers.delete(look);
      }
    },
    async stop() {
      child.stdin.end();
      await ended;
      file.end();
    },
  };
}
