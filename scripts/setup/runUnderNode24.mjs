import { spawn } from "node:child_process";
import { join } from "node:path";
import { environment, node24, root } from "./environment.mjs";

/**
 * Runs a script of this project, or a program of node_modules/.bin, under Node 24. Returns its exit
 * code. The terminal sends Ctrl+C to the program too, so this process ignores it; it passes SIGTERM
 * and SIGHUP on.
 */
export async function runUnderNode24(program, args) {
  const isScript = /\.(ts|mjs)$/.test(program);
  const [command, all] = isScript
    ? [node24, [join(root, program), ...args]]
    : [join(root, "node_modules", ".bin", program), args];
  const child = spawn(command, all, { cwd: root, env: environment(), stdio: "inherit" });
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
