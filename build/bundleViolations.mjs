import { builtinModules } from "node:module";

const builtin = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Checks a bundle by esbuild's metafile. Returns a sentence for each forbidden module, with the
 * file that imports it, and one if the bundle is over its budget in bytes.
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
  const outputs = Object.entries(metafile.outputs).flatMap(([path, output]) => (path.endsWith(".map") ? [] : [output]));
  const size = outputs.reduce((sum, { bytes }) => sum + bytes, 0);
  if (size > budget) {
    const largest = Object.entries(outputs[0]?.inputs ?? {})
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
