/**
 * The sandbox is a file of its own, read only when somebody uses it: in the extension, `import("../sandbox/server.ts")` becomes a
 * reference to dist/sandbox.js. An ordinary import is left alone, and so caught by the check of forbidden modules.
 */
export function sandboxOnDemand() {
  return {
    name: "sandbox-on-demand",
    setup(build) {
      build.onResolve({ filter: /\/sandbox\/[^/]+\.ts$/ }, ({ kind, path }) => {
        if (kind !== "dynamic-import" && kind !== "require-call") return undefined;
        if (path.endsWith("/sandbox/server.ts")) return { path: "./sandbox.js", external: true };
        return { errors: [{ text: `Import the sandbox through its entry, sandbox/server.ts, not ${path}.` }] };
      });
    },
  };
}
