import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environment, root } from "./environment.mjs";

const startedAt = Date.now();
const heartbeat = 15_000;

/** The program of the step that is going on. */
let running;

/**
 * A set-up that is stopped takes its step with it: two npm in one folder would be in each other's
 * way.
 */
export function stopWithStep(signal) {
  if (running?.pid !== undefined) process.kill(process.platform === "win32" ? running.pid : -running.pid, "SIGKILL");
  process.stderr.write(`\nThe set-up was stopped (${signal}). The next one begins where it is needed.\n`);
  process.exit(130);
}

/** Writes one line with the seconds since the set-up began. */
export function printStatus(text) {
  process.stderr.write(`[${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s] ${text}\n`);
}

/**
 * Runs one program of the set-up. Its output goes to a log file; a person sees that the step began,
 * every quarter of a minute that it goes on, and the end of the log where it failed. Throws where
 * it failed.
 */
export async function runStep(title, command, args, { cwd = root, env = {} } = {}) {
  const log = join(root, ".cache", "setup", `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.log`);
  mkdirSync(join(root, ".cache", "setup"), { recursive: true });
  printStatus(`${title} …`);
  const stepBegun = Date.now();
  const timer = setInterval(
    () => printStatus(`${title}: still at it after ${Math.round((Date.now() - stepBegun) / 1000)} s`),
    heartbeat,
  );
  const file = createWriteStream(log);
  try {
    const code = await new Promise((resolve, reject) => {
      // A group of its own, so that npm and the compilers it starts can be ended together.
      const child = spawn(command, args, {
        cwd,
        env: environment(env),
        stdio: ["ignore", "pipe", "pipe"],
        detached: process.platform !== "win32",
      });
      running = child;
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
    running = undefined;
    clearInterval(timer);
  }
  printStatus(`${title}: done in ${Math.round((Date.now() - stepBegun) / 1000)} s`);
}

function lastLines(file) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-30).join("\n");
}
