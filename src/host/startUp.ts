// Entry of dist/startUp.js, which extension.js loads when VS Code has started.
import "./ui/l10nBundle.ts";
import { commands, type ExtensionContext } from "vscode";
import { decorateDrafts } from "./draftImages/draftDecorations.ts";
import { canUndoReplaceKey } from "./ids.ts";
import { watchFiles } from "./movedImages/fileEvents.ts";
import { replacedImagesKey } from "./storage/storagePaths.ts";

/** What Limn does before its first use: undo of a replacement, drafts, links to moved images. */
export function startUp({ subscriptions, workspaceState }: ExtensionContext): void {
  const replaced: unknown = workspaceState.get(replacedImagesKey);
  if (Array.isArray(replaced) && replaced.length > 0) {
    void commands.executeCommand("setContext", canUndoReplaceKey, true);
  }
  subscriptions.push(decorateDrafts(), watchFiles());
}
