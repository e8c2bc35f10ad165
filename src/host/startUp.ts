// Entry of dist/startUp.js, which extension.js loads when VS Code has started.
import { commands } from "vscode";
import { decorateDrafts } from "./draftImages/draftDecorations.ts";
import type { PurchaseServices } from "./hover/purchaseOf.ts";
import { canUndoReplaceKey } from "./ids.ts";
import { registerImageLinks } from "./imageLinks/registerImageLinks.ts";
import { JobMarkerFolder } from "./jobs/jobMarkerFolder.ts";
import type { LimnContext } from "./limnContext.ts";
import type { LinkProvider } from "./links/linkDrop.ts";
import { registerLinkProvider } from "./links/registerLinkProvider.ts";
import { watchFiles } from "./movedImages/fileEvents.ts";
import { replacedImagesKey } from "./storage/storagePaths.ts";

/** What is needed of the context. */
type StartUpContext = Pick<LimnContext, "globalStorageUri" | "subscriptions" | "workspaceState">;

/** What is needed of the rest of Limn. */
interface LoadedLimn {
  readonly services: PurchaseServices;
  readonly linkProvider: Promise<LinkProvider>;
  resumeJobs(): void;
}

/**
 * What Limn does before its first use: image links in documents, undo of a replacement, drafts,
 * links to moved images, and watching for unfinished jobs. Returns the folder of their markers.
 */
export function startUp(context: StartUpContext, loadLimn: () => Promise<LoadedLimn>): JobMarkerFolder {
  const openJobs = new JobMarkerFolder(context.globalStorageUri.fsPath);
  context.subscriptions.push(openJobs);
  void openJobs.watch(() => void loadLimn().then(({ resumeJobs }) => resumeJobs()));
  const replaced: unknown = context.workspaceState.get(replacedImagesKey);
  if (Array.isArray(replaced) && replaced.length > 0) {
    void commands.executeCommand("setContext", canUndoReplaceKey, true);
  }
  const registrations = [
    () => registerLinkProvider(loadLimn),
    () => registerImageLinks(context, loadLimn),
    decorateDrafts,
    watchFiles,
  ];
  for (const register of registrations) {
    try {
      context.subscriptions.push(register());
    } catch (error) {
      // The rest works without it. VS Code writes such an error to its log.
      void Promise.reject(error);
    }
  }
  return openJobs;
}
