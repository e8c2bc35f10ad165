import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Bundles that are loaded at their first use: entry in src/ → path beside the loading bundle. */
const entries = {
  "limn.ts": "./limn.js",
  "sandbox/sandbox.ts": "./sandbox.js",
  "core/links/linkPlaces.ts": "./linkPlaces.js",
  "reading/readImageLinks.ts": "./imageLinks.js",
  "sites/siteRules.ts": "./siteRules.js",
  "siteConfigs.ts": "./siteConfigs.js",
  "spendingReport.ts": "./spendingReport.js",
  "copyTexts.ts": "./copyTexts.js",
  "folderCheck.ts": "./folderCheck.js",
  "cleanUp.ts": "./cleanUp.js",
  "storage/cleanUpStorage.ts": "./cleanUpStorage.js",
  "lightTable/lightTableTab.ts": "./lightTableTab.js",
  "lightTable/compareCommands.ts": "./compareCommands.js",
  "imageLinkProviders.ts": "./imageLinkProviders.js",
  "chooseImage.ts": "./chooseImage.js",
  "movedImages.ts": "./movedImages.js",
  "missingImages/missingImageCommands.ts": "./missingImageCommands.js",
  "flow/steps.ts": "./steps.js",
  "draftCommands.ts": "./draftCommands.js",
  "host/startUp.ts": "./startUp.js",
  "exportImages.ts": "./export.js",
  "exportedLink.ts": "./exportedLink.js",
  "exportCrop.ts": "./exportCrop.js",
  "dataUri/dataUriCommands.ts": "./dataUri.js",
  "targets/pictureTargets.ts": "./targets.js",
  "tools/toolRequests.ts": "./tools.js",
  "choosePictures.ts": "./choosePictures.js",
  "groupMessage.ts": "./groupMessage.js",
  "recoveredMessage.ts": "./recoveredMessage.js",
  "links/linkDrop.ts": "./linkDrop.js",
  "imaging/probe.ts": "./probe.js",
  "draftImages/mayBeDraft.ts": "./mayBeDraft.js",
  "imaging/draftFile.ts": "./draftFile.js",
};

const sandboxFile = /\/sandbox\/[^/]+\.ts$/;

/**
 * Turns `import("./limn.ts")` into a load of dist/limn.js, and so on. A static import stays as it
 * is, and the check of forbidden modules finds it.
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
        return { errors: [{ text: `Import the sandbox through its entry, sandbox/sandbox.ts, not ${path}.` }] };
      });
    },
  };
}

/** Modules with a class or a state that limn.js and the bundles that it loads must share. */
const once = ["src/core/errors.ts", "src/host/storage/tempFile.ts", "src/host/ui/notify.ts"];

/**
 * The modules that src/limn.ts exports parts of, since those must exist once or are large: path →
 * the names that it exports.
 */
function sharedModules() {
  const text = readFileSync("src/limn.ts", "utf8");
  const exported = [...text.matchAll(/^export \{([^}]+)\} from "(.+)";$/gm)];
  const shared = new Map(exported.map(([, names, path]) => [resolve("src", path), names]));
  const statements = text.match(/^export (?:type )?[{*]/gm)?.length;
  if (shared.size !== statements || !once.every((path) => shared.has(resolve(path)))) {
    throw new Error(`src/limn.ts must export ${once.join(", ")}, and from each module once, as export { … } from "…";`);
  }
  return shared;
}

/**
 * Lets a bundle that limn.js loads use the modules that limn.js shares. The build fails if it uses
 * something of them that limn.js does not export.
 */
export function sharedByLimn() {
  const shared = sharedModules();
  return {
    name: "shared-by-limn",
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, ({ path, resolveDir }) => {
        const module = resolve(resolveDir, path);
        return shared.has(module) ? { path: module, namespace: "shared-by-limn" } : undefined;
      });
      build.onLoad({ filter: /./, namespace: "shared-by-limn" }, ({ path }) => ({
        contents: `export {${shared.get(path)}} from "./limn.js";`,
      }));
      build.onResolve({ filter: /^\.\/limn\.js$/, namespace: "shared-by-limn" }, ({ path }) => ({
        path,
        external: true,
      }));
    },
  };
}
