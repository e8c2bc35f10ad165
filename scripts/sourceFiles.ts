import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** A TypeScript file of a checkout. Paths are relative to the checkout, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  /** Paths of the files that it imports, also of those with types only. */
  readonly imports: readonly string[];
}

const relativeImport = /^(?:import|export)\b[^;"]*?from "(\.[^"]+)"|^import "(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gmu;

/** Reads the imports from the text of a file at this path. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const imports = [...text.matchAll(relativeImport)].map(([, from, sideEffect, dynamic]) =>
    posix.join(posix.dirname(path), from ?? sideEffect ?? dynamic ?? ""),
  );
  return { path, lines: text.trimEnd().split("\n").length, imports };
}

/** Returns the files that match the patterns, sorted by path. */
export const readSourceFiles = (checkout: string, ...patterns: readonly string[]): readonly SourceFile[] =>
  globSync(patterns, { cwd: checkout, exclude: ["test/vscode/**"] })
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => parseSourceFile(path, readFileSync(join(checkout, path), "utf8")));

/** The layer of a file: `src/host`, `scripts`, or the path of a file directly in `src`. */
export function layerOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? `${top}/${second}` : top;
}
