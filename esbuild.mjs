// Builds dist/ from src/: node esbuild.mjs [--minify | --watch]
//
// `bundles` has one row for each file that runs on its own. The build fails if a bundle contains a
// module of a layer that it must not use, or is larger than its budget (docs/architecture.md).
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import { build, context } from "esbuild";
import { bundleViolations } from "./build/bundleViolations.mjs";
import { copyFonts, fontPackage } from "./build/fonts.mjs";
import { copyWasm, imagingBundles } from "./build/imaging.mjs";
import { writeNotices } from "./build/notices.mjs";
import { onDemand, sharedByLimn } from "./build/onDemand.mjs";
import { copyCodicons, iconPackage, lightTableOptions, pageOptions, panelBundles } from "./build/panel.mjs";
import { writeTargetsSchema } from "./build/targetsSchema.mjs";
import { vscodeApi } from "./build/vscodeApi.mjs";

const outdir = "dist";
const kilobyte = 1000;

/** Most files run in VS Code's extension host. */
const hostOptions = {
  platform: "node",
  format: "cjs",
  target: "node22",
  // Its loader knows `require`; an `import()` left in CommonJS would bypass it.
  supported: { "dynamic-import": false },
};

/**
 * `entry` → dist/`name`. `forbidden`: patterns of paths of modules, inside the bundle or external.
 * `budget`: bytes, unminified; `laterBudget`: those of the parts that it loads by `import()`.
 * `options`: where the bundle runs; the extension host by default.
 */
const bundles = [
  {
    name: "extension.js",
    entry: "src/extension.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    // All other extensions wait while this file is loaded, so it has to be small.
    forbidden: [/node_modules\//, /^(test|src\/(core|imaging|panel|lightTable|sandbox))\//],
    budget: 9 * kilobyte,
  },
  {
    name: "limn.js",
    entry: "src/limn.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    forbidden: [
      /node_modules\/(undici|sharp|opentype\.js|@lezer\/.*)\//,
      /^(test|src\/panel|src\/lightTable|src\/sandbox)\//,
      /^(undici|sharp)$/,
    ],
    // `npm run bench -- --only host` measures how long it takes to load.
    budget: 623 * kilobyte,
  },
  {
    name: "sandbox.js",
    entry: "src/sandbox/sandbox.ts",
    external: [],
    plugins: [],
    forbidden: [
      /^vscode$/,
      /node_modules\/(undici|sharp)\//,
      /^(test|src\/panel|src\/lightTable|src\/host)\//,
      // VS Code calls the sandbox within the process, without a port.
      /^src\/sandbox\/(server|main)\.ts$/,
    ],
    budget: 750 * kilobyte,
  },
  {
    name: "probe.js",
    entry: "src/imaging/probe.ts",
    external: [],
    plugins: [],
    forbidden: [/^vscode$/, /node_modules\/(?!image-meta\/)/, /^(test|src\/(?!imaging\/))/],
    budget: 40 * kilobyte,
  },
  {
    // Loaded for each image that the explorer shows, so it has nothing that only drafts need.
    name: "mayBeDraft.js",
    entry: "src/core/draftImages/mayBeDraft.ts",
    external: [],
    plugins: [],
    forbidden: [/node_modules\//, /^(test|src\/(?!core\/draftImages\/))/],
    budget: 4 * kilobyte,
  },
  {
    name: "draftFile.js",
    entry: "src/imaging/draftFile.ts",
    external: [],
    plugins: [],
    forbidden: [/^vscode$/, /node_modules\/(?!image-meta\/|zod\/)/, /^(test|src\/(?!imaging\/|core\/))/],
    budget: 150 * kilobyte,
  },
  {
    name: "export.js",
    entry: "src/host/export/exportImages.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 75 * kilobyte,
  },
  {
    name: "exportedLink.js",
    entry: "src/host/export/exportedLink.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 45 * kilobyte,
  },
  {
    name: "exportCrop.js",
    entry: "src/host/export/exportCrop.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 30 * kilobyte,
  },
  {
    name: "dataUri.js",
    entry: "src/host/dataUri/dataUriCommands.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 40 * kilobyte,
  },
  {
    name: "targets.js",
    entry: "src/host/targets/pictureTargets.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 60 * kilobyte,
  },
  {
    name: "choosePictures.js",
    entry: "src/host/jobs/choosePictures.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 30 * kilobyte,
  },
  {
    name: "groupMessage.js",
    entry: "src/host/jobs/groupMessage.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 25 * kilobyte,
  },
  {
    name: "recoveredMessage.js",
    entry: "src/host/jobs/recoveredMessage.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 20 * kilobyte,
  },
  {
    name: "linkDrop.js",
    entry: "src/host/links/linkDrop.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 75 * kilobyte,
  },
  {
    name: "tools.js",
    entry: "src/host/tools/toolRequests.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/|zod\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 130 * kilobyte,
  },
  {
    name: "imageLinkProviders.js",
    entry: "src/host/imageLinks/imageLinkProviders.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    // It is loaded when the cursor is at the name of an image, so it needs nothing of limn.js.
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 60 * kilobyte,
  },
  {
    name: "movedImages.js",
    entry: "src/host/movedImages/movedImages.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    // Every move of a file loads it, so it needs nothing of limn.js; the parsers come later.
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 80 * kilobyte,
  },
  {
    // Parsers for all that look for the image links of a document.
    name: "imageLinks.js",
    entry: "src/core/links/reading/readImageLinks.ts",
    external: [],
    plugins: [],
    forbidden: [/node_modules\/(?!@lezer\/|@marijn\/|@vscode\/l10n\/)/, /^(test|src\/(?!core\/links\/))/],
    budget: 420 * kilobyte,
  },
  {
    // Several bundles load it, so what it remembers of the files is there once.
    name: "siteRules.js",
    entry: "src/host/sites/siteRules.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    forbidden: [/node_modules\//, /^(test|src\/(?!core\/links\/|host\/))/],
    budget: 40 * kilobyte,
  },
  {
    name: "siteConfigs.js",
    entry: "src/core/links/sites/siteConfigs.ts",
    external: [],
    plugins: [onDemand()],
    forbidden: [/node_modules\//, /^(test|src\/(?!core\/links\/))/],
    budget: 25 * kilobyte,
  },
  {
    name: "chooseImage.js",
    entry: "src/host/links/chooseImage.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\//, /^(test|src\/(?!core\/|host\/))/],
    budget: 15 * kilobyte,
  },
  {
    name: "missingImageCommands.js",
    entry: "src/host/missingImages/missingImageCommands.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/|zod\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 140 * kilobyte,
  },
  {
    name: "steps.js",
    entry: "src/host/flow/steps.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 60 * kilobyte,
  },
  {
    name: "draftCommands.js",
    entry: "src/host/draftImages/draftCommands.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/|zod\/)/, /^(test|src\/(?!core\/|host\/|protocol))/],
    budget: 100 * kilobyte,
  },
  {
    // Every start loads it after extension.js, so it needs nothing of limn.js.
    name: "startUp.js",
    entry: "src/host/startUp.ts",
    external: ["vscode"],
    plugins: [onDemand()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 25 * kilobyte,
  },
  {
    name: "linkPlaces.js",
    entry: "src/core/links/linkPlaces.ts",
    external: [],
    plugins: [onDemand()],
    forbidden: [/node_modules\//, /^(test|src\/(?!core\/links\/))/],
    budget: 60 * kilobyte,
  },
  {
    name: "spendingReport.js",
    entry: "src/host/money/spendingReport.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    // Texts of core are translated in limn.js only, so what is here calls none of them.
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(panel|lightTable|sandbox|imaging))\//],
    budget: 30 * kilobyte,
  },
  {
    name: "compareCommands.js",
    entry: "src/host/lightTable/compareCommands.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\//, /^(test|src\/(?!core\/|host\/))/],
    budget: 15 * kilobyte,
  },
  {
    name: "copyTexts.js",
    entry: "src/host/panel/pictures/copyTexts.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/|zod\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 50 * kilobyte,
  },
  {
    name: "cleanUpStorage.js",
    entry: "src/host/storage/cleanUpStorage.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 15 * kilobyte,
  },
  {
    name: "cleanUp.js",
    entry: "src/host/panel/pictures/cleanUp.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\//, /^(test|src\/(?!core\/|host\/))/],
    budget: 15 * kilobyte,
  },
  {
    name: "folderCheck.js",
    entry: "src/host/workspace/folderCheck.ts",
    external: ["vscode"],
    plugins: [onDemand(), sharedByLimn()],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/)/, /^(test|src\/(?!core\/|host\/))/],
    budget: 25 * kilobyte,
  },
  {
    name: "lightTableTab.js",
    entry: "src/host/lightTable/lightTableTab.ts",
    external: ["vscode"],
    plugins: [sharedByLimn()],
    forbidden: [/node_modules\//, /^(test|src\/(imaging|panel|lightTable|sandbox))\//],
    budget: 23 * kilobyte,
  },
  ...imagingBundles(),
  ...panelBundles(),
  {
    name: "lightTable.js",
    entry: "src/lightTable/main.ts",
    options: lightTableOptions,
    external: [],
    plugins: [],
    forbidden: [/^vscode$/, /node_modules\/zod\//, /^(test|src\/(host|imaging|panel|sandbox))\//, /^src\/[\w-]+\.ts$/],
    budget: 112 * kilobyte,
    laterBudget: 14 * kilobyte,
  },
  {
    name: "copyPage.js",
    entry: "src/lightTable/copyPage.ts",
    options: pageOptions,
    external: [],
    plugins: [],
    forbidden: [/node_modules\/(?!@vscode\/l10n\/|lit|@lit\/)/, /^(test|src\/(?!lightTable\/|webview\/))/],
    budget: 28 * kilobyte,
  },
  {
    name: "cropPage.js",
    entry: "src/lightTable/crop/cropPage.ts",
    options: pageOptions,
    external: [],
    plugins: [],
    forbidden: [
      /node_modules\/(?!@vscode\/l10n\/|lit|@lit\/)/,
      /^(test|src\/(?!lightTable\/|webview\/|core\/(targets|models)\/))/,
    ],
    budget: 60 * kilobyte,
  },
];

/** How esbuild makes one row of the table. */
const esbuildOptions = ({ name, entry, options = hostOptions, external, plugins }, { minify, sourcemap }) => ({
  entryPoints: [{ in: entry, out: parse(name).name }],
  outExtension: { ".js": parse(name).ext },
  outdir,
  bundle: true,
  ...options,
  // Its Node build reads files, which nothing here needs.
  alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js" },
  external,
  plugins: external.includes("vscode") ? [...plugins, vscodeApi()] : plugins,
  minify,
  sourcemap,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
});

async function buildOne(bundle, { minify, sourcemap }) {
  const { metafile } = await build(esbuildOptions(bundle, { minify, sourcemap }));
  return { name: bundle.name, metafile, wrong: bundleViolations(metafile, bundle) };
}

/** Writes the files that no bundle holds; returns their paths in dist/. */
const copyFiles = async () => [
  ...(await copyFonts(join(outdir, "fonts"))),
  ...(await copyWasm(outdir)),
  ...(await copyCodicons(outdir)),
  await writeTargetsSchema(outdir),
];

/**
 * Deletes all other files of dist/. This comes after the build, so that a VS Code that reads dist/
 * always finds its files.
 */
async function removeAllBut(kept) {
  const files = await readdir(outdir, { recursive: true, withFileTypes: true });
  const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(paths.filter((path) => !kept.has(path)).map((path) => rm(path, { force: true })));
}

/**
 * Builds everything into dist/ and returns the packages that it contains parts of. `sourcemap`
 * writes a source map beside each bundle.
 * @throws Error that names each forbidden module and each bundle over its budget.
 */
export async function buildAll({ minify = false, sourcemap = false } = {}) {
  const existing = bundles.filter(({ entry }) => existsSync(entry));
  const built = await Promise.all(existing.map((bundle) => buildOne(bundle, { minify, sourcemap })));
  const shipped = { bundles: built, copied: [fontPackage, iconPackage] };
  const notices = await writeNotices(shipped, join(outdir, "THIRD-PARTY-NOTICES.txt"));
  const written = built.flatMap(({ metafile }) => Object.keys(metafile.outputs));
  const copied = await copyFiles();
  await removeAllBut(new Set([...written, ...copied, notices.path]));
  const violations = built.flatMap(({ wrong }) => wrong);
  if (violations.length > 0) throw new Error(`The build breaks its own rules:\n- ${violations.join("\n- ")}`);
  return notices.packages;
}

/** Printed when nothing is being built; .vscode/tasks.json waits for it, and for `Building`. */
const watchingMessage = "Watching for changes. Ctrl+C stops.\n";

/**
 * Prints lines before and after each build of a bundle, with the forbidden modules, then calls
 * `onBuilt`.
 */
const reportBuilds = (bundle, onBuilt) => ({
  name: "report-builds",
  setup(build) {
    build.onStart(() => void process.stdout.write(`Building ${outdir}/${bundle.name}\n`));
    build.onEnd(({ metafile }) => {
      const violations = metafile === undefined ? [] : bundleViolations(metafile, bundle);
      if (metafile !== undefined)
        process.stdout.write([`Built ${outdir}/${bundle.name}`, ...violations, ""].join("\n"));
      onBuilt();
    });
  },
});

/** Builds everything with source maps, and builds a bundle again when one of its files changes. */
async function watchAll() {
  process.stdout.write("Building\n");
  await copyFiles();
  const startWatch = async (bundle) => {
    const { promise: firstBuild, resolve } = Promise.withResolvers();
    let builds = 0;
    const onBuilt = () => {
      builds++;
      if (builds > 1) process.stdout.write(watchingMessage);
      resolve();
    };
    const plugins = [...bundle.plugins, reportBuilds(bundle, onBuilt)];
    const watched = await context(esbuildOptions({ ...bundle, plugins }, { minify: false, sourcemap: true }));
    await watched.watch();
    await firstBuild;
  };
  await Promise.all(bundles.filter(({ entry }) => existsSync(entry)).map(startWatch));
  process.stdout.write(watchingMessage);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    if (process.argv.includes("--watch")) await watchAll();
    else await buildAll({ minify: process.argv.includes("--minify") });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
