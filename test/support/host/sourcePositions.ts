import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";

/**
 * Returns a function that replaces positions in a bundle (`/path/cache/host.js:120:7`, or shorter,
 * `cache/host.js:120:7`) by those in its sources (`test/host/a.test.ts:12:3`, relative to `root`).
 * The bundle has an inline source map.
 *
 * Node's own mapping (`--enable-source-maps`) has no effect in VS Code's extension host, which sets
 * `Error.prepareStackTrace`.
 */
export function sourcePositions(bundle: string, root: string): (text: string) => string {
  let map: SourceMap | undefined;
  return (text) =>
    text.replace(/([^\s()]+):(\d+):(\d+)/g, (position, path: string, line: string, column: string) => {
      // Mocha shortens the paths of stacks to those below the working directory.
      if (!bundle.endsWith(path)) return position;
      map ??= readSourceMap(bundle);
      const origin = map.findOrigin(Number(line), Number(column));
      return "fileName" in origin
        ? `${relative(root, resolve(dirname(bundle), origin.fileName))}:${origin.lineNumber}:${origin.columnNumber}`
        : position;
    });
}

function readSourceMap(bundle: string): SourceMap {
  const marker = "//# sourceMappingURL=data:application/json;base64,";
  const code = readFileSync(bundle, "utf8");
  const json = Buffer.from(code.slice(code.lastIndexOf(marker) + marker.length), "base64").toString();
  const payload: SourceMapPayload = JSON.parse(json);
  return new SourceMap(payload);
}
