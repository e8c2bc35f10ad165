// Builds dist/ from src/: node esbuild.mjs [--minify]
//
// One row of `bundles` for each file that runs on its own. After the build its metafile is read
// back, and the build fails where a bundle holds a module it must not hold, or has grown over its
// budget: the walls between the rooms, held in what is shipped.
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundleViolations } from "./build/bundleViolations.mjs";
import { copyFonts, fontPackage } from "./build/fonts.mjs";
import { copyWasm, imagingBundles } from "./build/imaging.mjs";
import { writeNotices } from "./build/notices.mjs";
import { onDemand } from "./build/onDemand.mjs";
import { copyCodicons, iconPackage, pageOptions, panelBundles } from "./build/panel.mjs";

const outdir = "dist";
const kilobyte = 1000;

/** Most files run in VS Code's extension host. */
const hostOptions = { platform: "node", format: "cjs", target: "node22" };

/**
 * `entry` → dist/`name`. `forbidden` are patterns over the paths of what went in and the names of
 * what stayed outside; `budget` is in bytes, unminified. `options` say where it runs, the extension
 * host where they are absent. A room without its entry is not built yet.
 */
const bundles = [
  {
    name: "extension.js",
    entry: "src/extension.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    // All other extensions wait while it is read: nothing but VS Code's interface and a few names.
    forbidden: [/node_modules\//, /^(test|src\/(core(?!\/links\/linkLanguages\.ts)|imaging|panel|compare|sandbox))\//],
    budget: 11 * kilobyte,
  },
  {
    name: "limn.js",
    entry: "src/limn.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    forbidden: [
      /node_modules\/(undici|sharp|opentype\.js)\//,
      /^(test|src\/panel|src\/compare|src\/sandbox)\//,
      /^(undici|sharp)$/,
    ],
    // What it costs is measured: `npm run bench -- --only host`.
    budget: 540 * kilobyte,
  },
  {
    name: "sandbox.js",
    entry: "src/sandbox/server.ts",
    external: [],
    plugins: [],
    forbidden: [/^vscode$/, /node_modules\/(undici|sharp)\//, /^(test|src\/panel|src\/compare|src\/host)\//],
    budget: 750 * kilobyte,
  },
  ...imagingBundles(),
  ...panelBundles(),
  {
    name: "compare.js",
    entry: "src/compare/main.ts",
    options: pageOptions,
    external: [],
    plugins: [],
    forbidden: [/^vscode$/, /node_modules\/zod\//, /^(test|src\/(host|imaging|panel|sandbox))\//, /^src\/[\w-]+\.ts$/],
    budget: 120 * kilobyte,
  },
];

async function buildOne({ name, entry, options = hostOptions, external, plugins, forbidden, budget }, minify) {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: `${outdir}/${name}`,
    bundle: true,
    ...options,
    // Its Node build reads files, which nothing here needs.
    alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js" },
    // The extension host's loader knows `require`; an `import()` left in CommonJS would go past it.
    supported: { "dynamic-import": false },
    external,
    plugins,
    minify,
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
  });
  return { name, metafile, wrong: bundleViolations(metafile, name, { forbidden, budget }) };
}

/**
 * Leaves only `made`; nothing is removed before the build, so a VS Code that is reading dist/ finds
 * its files all the time.
 */
async function removeAllBut(kept) {
  const files = await readdir(outdir, { recursive: true, withFileTypes: true });
  const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(paths.filter((path) => !kept.has(path)).map((path) => rm(path, { force: true })));
}

/**
 * Builds everything into dist/ and gives the packages of which something is in it. Throws an error
 * that names every breach.
 */
export async function buildAll({ minify = false } = {}) {
  const existing = bundles.filter(({ entry }) => existsSync(entry));
  const built = await Promise.all(existing.map((bundle) => buildOne(bundle, minify)));
  const shipped = { bundles: built, copied: [fontPackage, iconPackage] };
  const notices = await writeNotices(shipped, join(outdir, "THIRD-PARTY-NOTICES.txt"));
  const copiedFiles = [
    ...(await copyFonts(join(outdir, "fonts"))),
    await copyWasm(outdir),
    ...(await copyCodicons(outdir)),
    notices.path,
  ];
  await removeAllBut(new Set([...existing.map(({ name }) => join(outdir, name)), ...copiedFiles]));
  const violations = built.flatMap(({ wrong }) => wrong);
  if (violations.length > 0) throw new Error(`The build breaks its own rules:\n- ${violations.join("\n- ")}`);
  return notices.packages;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await buildAll({ minify: process.argv.includes("--minify") });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
