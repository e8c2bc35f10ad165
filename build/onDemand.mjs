/**
 * Files of their own, each read when somebody first uses it: the entry below src/, and what it is
 * built into.
 */
const entries = { "limn.ts": "./limn.js", "sandbox/server.ts": "./sandbox.js" };

const sandboxFile = /\/sandbox\/[^/]+\.ts$/;

/**
 * `import("./limn.ts")` becomes a reference to dist/limn.js, and so on. An ordinary import is left
 * alone, and so caught by the check of forbidden modules.
 */
export function onDemand() {
  return {
    name: "on-demand",
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, ({ kind, path }) => {
        if (kind !== "dynamic-import" && kind !== "require-call") return undefined;
        const [, output] = Object.entries(entries).find(([entry]) => path.endsWith(`/${entry}`)) ?? [];
        if (output !== undefined) return { path: output, external: true };
        if (!sandboxFile.test(path)) return undefined;
        return { errors: [{ text: `Import the sandbox through its entry, sandbox/server.ts, not ${path}.` }] };
      });
    },
  };
}
