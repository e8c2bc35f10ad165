import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { node24, root } from "./environment.mjs";
import { npm } from "./npm.mjs";

/**
 * Whether node_modules matches package-lock.json. npm writes `node_modules/.package-lock.json`
 * last, so an installation that was stopped does not count.
 */
export function packagesAreInstalled() {
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  const wanted = packagesOf(join(root, "package-lock.json"));
  if (installed === undefined || wanted === undefined || !existsSync(node24)) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === "" || installed[path]?.version === version || ((optional || peer) && installed[path] === undefined),
  );
}

/** Installs the packages of the lock file. Node 24 is one of them. */
export async function installPackages() {
  await npm("Installing packages", ["ci", "--include=dev"]);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
