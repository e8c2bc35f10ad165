import { builtinModules } from "node:module";

const builtin = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * What is wrong with a bundle, read from esbuild's metafile: one sentence for each forbidden module
 * (with the file that imports it) and one for a broken budget in bytes. Empty where all is well.
 */
export function bundleViolations(metafile, name, { forbidden, budget }) {
  const violations = [];
  const isForbidden = (path) => forbidden.some((pattern) => pattern.test(path));
  for (const [path, { imports }] of Object.entries(metafile.inputs)) {
    for (const imported of imports) {
      if (builtin.has(imported.path)) continue;
      if (isForbidden(imported.path)) violations.push(`${name} holds ${imported.path}, which ${path} imports.`);
    }
    if (isForbidden(path) && !isImported(metafile, path))
      violations.push(`${name} begins at ${path}, which is forbidden.`);
  }
  const size = Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
  if (size > budget) {
    const largest = Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {})
      .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
      .slice(0, 3)
      .map(([path, { bytesInOutput }]) => `${path} (${bytesInOutput})`);
    violations.push(`${name} has ${size} bytes; its budget is ${budget}. The largest parts: ${largest.join(", ")}.`);
  }
  return violations;
}

function isImported(metafile, path) {
  return Object.values(metafile.inputs).some(({ imports }) => imports.some((imported) => imported.path === path));
}
