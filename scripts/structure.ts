// node scripts/structure.ts [folder of a checkout]: the structure of the code as Markdown tables,
// for docs/architecture.md.
import { dirname, posix } from "node:path";
import { root } from "./paths.ts";
import { layerOf, readSourceFiles, type SourceFile } from "./sourceFiles.ts";

const sourceFiles = readSourceFiles(process.argv[2] ?? root, "src/**/*.ts");

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

const groupBy = (keyOf: (file: SourceFile) => string): ReadonlyMap<string, readonly SourceFile[]> =>
  Map.groupBy(sourceFiles, keyOf);

function table(head: readonly string[], rows: readonly (readonly (number | string)[])[]): string {
  const line = (cells: readonly (number | string)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function layers(): string {
  const rows = [...groupBy(({ path }) => layerOf(path))]
    .filter(([layer]) => !layer.endsWith(".ts"))
    .map(([layer, files]) => {
      const folders = Map.groupBy(files, ({ path }) => dirname(path));
      const fullest = [...folders].toSorted(([, one], [, other]) => other.length - one.length)[0];
      const longest = files.toSorted((one, other) => other.lines - one.lines)[0];
      return [
        `\`${layer}\``,
        files.length,
        folders.size,
        fullest === undefined ? "" : `${fullest[1].length} (\`${fullest[0]}\`)`,
        median(files.map(({ lines }) => lines)),
        longest === undefined ? "" : `${longest.lines} (\`${posix.basename(longest.path)}\`)`,
      ];
    });
  return table(["layer", "files", "folders", "files in its fullest folder", "median lines", "longest file"], rows);
}

function arrows(keyOf: (path: string) => string): string {
  const counts = new Map<string, number>();
  for (const { path, imports } of sourceFiles) {
    for (const imported of imports) {
      const [from, to] = [keyOf(path), keyOf(imported)];
      if (from !== to) counts.set(`\`${from}\` → \`${to}\``, (counts.get(`\`${from}\` → \`${to}\``) ?? 0) + 1);
    }
  }
  return table(
    ["arrow", "imports"],
    [...counts].toSorted(([one], [other]) => one.localeCompare(other)),
  );
}

const lines = sourceFiles.map((file) => file.lines);
process.stdout.write(
  [
    `${sourceFiles.length} files in ${groupBy(({ path }) => dirname(path)).size} folders, ${lines.reduce((sum, count) => sum + count, 0)} lines; median ${median(lines)}, longest ${Math.max(...lines)}.`,
    layers(),
    arrows(layerOf),
    arrows((path) => dirname(path)),
    "",
  ].join("\n\n"),
);
