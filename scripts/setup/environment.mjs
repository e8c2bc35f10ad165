import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Node 24, from the npm package `node`: the version that VS Code has today. */
export const node24 = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/**
 * Programs that npm installed. This folder comes first on the PATH of all programs started here.
 */
const bin = join(root, "node_modules", ".bin");

/**
 * The environment for programs of the set-up. It is without npm's variables for the running script
 * (`npm_lifecycle_…`, `npm_config_local_prefix`): they would mislead a second npm in another
 * folder. A registry or proxy set by `npm_config_…` stays.
 */
export function environment(extra = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_(lifecycle|package)_|^npm_config_(local_prefix|prefix|global_prefix|omit|include|nodedir)$|^INIT_CWD$/i.test(
        name,
      ),
  );
  return { ...Object.fromEntries(kept), PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, ...extra };
}

/** Returns the path of a program on the PATH, or `undefined`. */
export function findOnPath(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const file = join(folder, name);
    if (folder !== "" && existsSync(file)) return file;
  }
  return undefined;
}
