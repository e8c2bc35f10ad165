// node scripts/prose.ts: fails if a comment is too long or a forbidden word is used.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";
import { proseProblems } from "./proseProblems.ts";

const patterns = [
  "{src,test,scripts,build}/**/*.{ts,mts,mjs,js,css}",
  "*.{mjs,mts,js}",
  "{docs,media,test}/**/*.md",
  "*.md",
  "package.json",
  "package.nls.json",
];
const exclude = ["test/vscode/**", "test/sample/**", "test/projects/*/**", "scripts/forbiddenWords.ts"];

const problems = globSync(patterns, { cwd: root, exclude })
  .sort()
  .flatMap((path) =>
    proseProblems(path, readFileSync(join(root, path), "utf8")).map(
      ({ line, message }) => `${path}:${line}: ${message}`,
    ),
  );
if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\nThe list of words is in scripts/forbiddenWords.ts.\n`);
  process.exitCode = 1;
}
