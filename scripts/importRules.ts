import { layerOf, type SourceFile } from "./sourceFiles.ts";

/** The layers that each layer may import, types included. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "src/core": [],
  "src/protocol.ts": ["src/protocol"],
  "src/protocol": ["src/core"],
  "src/imaging": ["src/core"],
  "src/sandbox": ["src/core", "src/imaging"],
  "src/webview": ["src/core", "src/protocol.ts"],
  "src/panel": ["src/core", "src/protocol.ts", "src/webview"],
  "src/lightTable": ["src/core", "src/protocol.ts", "src/webview"],
  "src/host": ["src/core", "src/protocol.ts", "src/imaging", "src/sandbox"],
  "src/limn.ts": ["src/core", "src/protocol.ts", "src/imaging", "src/host"],
  "src/extension.ts": ["src/core", "src/host", "src/limn.ts"],
  scripts: ["esbuild.mjs", "src/core"],
};

/** Layers of files that are not part of the extension. */
const unlimited: readonly string[] = ["test", "build", "esbuild.mjs", "vitest.config.mts"];

/** Returns a sentence for each import of a file from a layer that its own layer may not use. */
export const forbiddenImports = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, imports }) => {
    const from = layerOf(path);
    if (unlimited.includes(from)) return [];
    return imports
      .filter((imported) => from !== layerOf(imported) && !(allowed[from] ?? []).includes(layerOf(imported)))
      .map((imported) => `${path} imports ${imported}, but ${from} must not use ${layerOf(imported)}.`);
  });

/**
 * Returns a sentence for each cycle of imports, types included. Biome does not see
 * `import("./a.ts").A`. Each import is followed once, so a cycle that shares files with another one
 * may be found only when the other one is gone.
 */
export function importCycles(files: readonly SourceFile[]): readonly string[] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const follow = (path: string, importers: readonly string[]): void => {
    if (importers.includes(path)) {
      cycles.push(`The imports form a cycle: ${[...importers.slice(importers.indexOf(path)), path].join(" → ")}.`);
      return;
    }
    if (finished.has(path)) return;
    for (const imported of importsOf.get(path) ?? []) follow(imported, [...importers, path]);
    finished.add(path);
  };
  for (const { path } of files) follow(path, []);
  return cycles;
}
