import { builtinModules } from "node:module";

const builtin = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Checks a row of the build table by esbuild's metafile. Returns a sentence for each forbidden
 * module, with the file that imports it, and one for each budget in bytes that is exceeded.
 */
export function bundleViolations(metafile, { name, forbidden, budget, laterBudget = 0 }) {
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
  const first = filesOfStart(metafile);
  const later = Object.keys(metafile.outputs).filter((path) => !path.endsWith(".map") && !first.has(path));
  violations.push(...budgetViolations(metafile, name, [...first], budget));
  violations.push(...budgetViolations(metafile, `What ${name} loads later`, later, laterBudget));
  return violations;
}

/** Paths of the outputs that are loaded at the start: the entry, and what it imports statically. */
function filesOfStart({ outputs }) {
  const first = new Set(
    Object.keys(outputs).filter((path) => outputs[path].entryPoint !== undefined && !isPart(outputs, path)),
  );
  // A set also iterates over what is added meanwhile.
  for (const path of first)
    for (const { path: imported, kind, external } of outputs[path].imports)
      if (kind === "import-statement" && !external) first.add(imported);
  return first;
}

/** Whether another output loads this one by `import()`: esbuild gives these an entry point too. */
const isPart = (outputs, path) =>
  Object.values(outputs).some(({ imports }) =>
    imports.some((imported) => imported.kind === "dynamic-import" && imported.path === path),
  );

function budgetViolations({ outputs }, name, paths, budget) {
  const size = paths.reduce((sum, path) => sum + outputs[path].bytes, 0);
  if (size <= budget) return [];
  const largest = paths
    .flatMap((path) => Object.entries(outputs[path].inputs))
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 3)
    .map(([path, { bytesInOutput }]) => `${path} (${bytesInOutput})`);
  return [`${name} has ${size} bytes; its budget is ${budget}. The largest parts: ${largest.join(", ")}.`];
}

function isImported(metafile, path) {
  return Object.values(metafile.inputs).some(({ imports }) => imports.some((imported) => imported.path === path));
}
