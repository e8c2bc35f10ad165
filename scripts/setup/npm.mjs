import { runStep } from "./step.mjs";

/**
 * Runs npm as one step of the set-up: the same npm that runs `npm test`, if it does. `node` is the
 * Node that runs npm, and that native modules are compiled for.
 */
export async function npm(title, args, { node = process.execPath, ...options } = {}) {
  const script = process.env.npm_execpath;
  const quiet = [...args, "--no-fund", "--no-audit", "--no-update-notifier"];
  if (script?.endsWith(".js")) await runStep(title, node, [script, ...quiet], options);
  else await runStep(title, process.platform === "win32" ? "npm.cmd" : "npm", quiet, options);
}
