import { spawnSync } from "node:child_process";
import { findOnPath } from "./environment.mjs";
import { runStep } from "./step.mjs";

/**
 * Returns a function that installs Debian packages with apt-get, as root or with a sudo that needs
 * no password. Of alternatives, such as `chromium-headless-shell | chromium`, it installs the first
 * that exists.
 * @throws Error with the missing packages and the command to type, if that is not possible.
 */
export function prepareSystemPackages(names) {
  if (names.length === 0) return async () => undefined;
  const alternatives = names.map((name) => name.split(" | "));
  // The last one is the most common.
  const list = alternatives.map((all) => all.at(-1)).join(" ");
  const apt = findOnPath("apt-get");
  if (apt === undefined) {
    throw new Error(
      `Missing on this machine: ${list} (by their Debian names). Please install them with this system's package manager, then try again.`,
    );
  }
  const prefix = aptPrefix();
  if (prefix === undefined) {
    throw new Error(
      `Missing on this machine: ${list}. Please type\n\n  sudo apt-get update && sudo apt-get install -y ${list}\n\nthen try again.`,
    );
  }
  return () => install(alternatives, [...prefix, apt]);
}

async function install(alternatives, [command, ...args]) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runStep("Updating the package lists", command, [...args, "update"], { env });
  const chosen = alternatives.map((all) => all.find(isKnown) ?? all.at(-1));
  await runStep(
    `Installing ${chosen.join(" ")}`,
    command,
    [...args, "install", "-y", "--no-install-recommends", ...chosen],
    { env },
  );
}

/** Whether this system's package lists have a package. */
const isKnown = (name) => spawnSync("apt-cache", ["show", "--no-all-versions", name]).status === 0;

function aptPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = findOnPath("sudo");
  if (sudo !== undefined && spawnSync(sudo, ["-n", "true"]).status === 0) {
    return [sudo, "-n", "--preserve-env=DEBIAN_FRONTEND"];
  }
  return undefined;
}
