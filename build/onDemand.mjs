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
  "imageLinks/imageLinkProviders.ts": "./imageLinkProviders.js",
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

/** Modules that limn.js exports: their classes, state or texts must exist once, or are large. */
const shared = [
  "src/core/errors.ts",
  "src/core/request/remoteReference.ts",
  "src/core/targets/projectTargets.ts",
  "src/core/text/byteSize.ts",
  "src/host/connection/ensureEngine.ts",
  "src/host/flow/askText.ts",
  "src/host/links/defaultLinkPosition.ts",
  "src/host/links/insertLink.ts",
  "src/host/links/keepDraggedPicture.ts",
  "src/host/panel/draft/jobRequest.ts",
  "src/host/request/settingErrors.ts",
  "src/host/storage/tempFile.ts",
  "src/host/ui/notify.ts",
  "src/host/workspace/saveLocation.ts",
  "src/protocol.ts",
].map((path) => resolve(path));

/** Lets a bundle that limn.js loads use the modules that limn.js shares. */
export function sharedByLimn() {
  return {
    name: "shared-by-limn",
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, ({ path, resolveDir }) =>
        shared.includes(resolve(resolveDir, path)) ? { path: "./limn.js", external: true } : undefined,
      );
    },
  };
}
