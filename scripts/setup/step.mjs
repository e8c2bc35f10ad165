import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environment, root } from "./environment.mjs";

const startedAt = Date.now();
const heartbeat = 15_000;

/** The programs of the running steps. */
const running = new Set();

/** Stops the running steps and exits, since two npm must not work in one folder. */
export function stopWithStep(signal) {
  for (const { pid } of running) {
    try {
      if (pid !== undefined) process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // It has just ended, or it is apt-get under sudo, which then runs to its end.
    }
  }
  process.stderr.write(`\nThe set-up was stopped (${signal}). The next run continues it.\n`);
  process.exit(130);
}

/** Prints a line with the seconds since the start of the set-up. */
export function printStatus(text) {
  process.stderr.write(`[${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s] ${text}\n`);
}

/**
 * Runs one program of the set-up. Its output goes to a log file; the terminal shows the start, a
 * line every 15 seconds, and the end.
 * @throws Error with the last lines of the log if the program fails.
 */
export async function runStep(title, command, args, { cwd = root, env = {} } = {}) {
  const log = join(root, ".cache", "setup", `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.log`);
  mkdirSync(join(root, ".cache", "setup"), { recursive: true });
  printStatus(`${title} …`);
  const stepBegun = Date.now();
  const timer = setInterval(
    () => printStatus(`${title}: running for ${Math.round((Date.now() - stepBegun) / 1000)} s`),
    heartbeat,
  );
  const file = createWriteStream(log);
  let child;
  try {
    const code = await new Promise((resolve, reject) => {
      // A new process group, so that npm and its compilers can be stopped together.
      child = spawn(command, args, {
        cwd,
        env: environment(env),
        stdio: ["ignore", "pipe", "pipe"],
        detached: process.platform !== "win32",
      });
      running.add(child);
      child.stdout.pipe(file, { end: false });
      child.stderr.pipe(file, { end: false });
      child.on("error", reject);
      child.on("close", resolve);
    });
    await new Promise((resolve) => file.end(resolve));
    if (code !== 0) {
      throw new Error(
        `${title} failed (${command} ${args.join(" ")}, exit code ${code}). The end of ${log}:\n\n${lastLines(log)}`,
      );
    }
  } finally {
    running.delete(child);
    clearInterval(timer);
  }
  printStatus(`${title}: done in ${Math.round((Date.now() - stepBegun) / 1000)} s`);
}

function lastLines(file) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-30).join("\n");
}
