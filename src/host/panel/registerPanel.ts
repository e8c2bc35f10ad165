import { type ExtensionContext, Uri, window, workspace } from "vscode";
import type { Services } from "../services.ts";
import { savedPromptsFile } from "../storage/storagePaths.ts";
import { Account } from "./account.ts";
import { createBadge } from "./badge.ts";
import { Panel } from "./panel.ts";
import { FolderIndex } from "./pictures/folderIndex.ts";
import { SavedPrompts } from "./prompts/savedPrompts.ts";

/** Creates the panel and updates it whenever something it shows changes. */
export function registerPanel(context: ExtensionContext, services: Services, closing: AbortSignal): Panel {
  const { jobs, draftReferences, thumbnails, storage, vault, log } = services;
  const prompts = new SavedPrompts(Uri.file(savedPromptsFile(storage)), log);
  const vaultIndex = new FolderIndex(vault, log);
  const account = new Account(services, closing);
  const badge = createBadge();
  const panel = new Panel({ services, account, prompts, vaultIndex, badge, closing });
  const refresh = () => panel.refresh();
  const readAccount = () => void panel.refreshAccount();
  const unsubscribers = [
    jobs.journal.subscribe((job) => panel.onJobChange(job)),
    jobs.subscribeToFollowed(() => panel.onFollowChange()),
    draftReferences.onChange(refresh),
    thumbnails.index.onChange(refresh),
    prompts.onChange(refresh),
    vaultIndex.onChange(panel.onVaultChange),
  ];
  context.subscriptions.push(
    workspace.onDidChangeWorkspaceFolders(() => panel.onFoldersChange()),
    window.onDidChangeActiveTextEditor(() => panel.onActiveFileChange()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn") && readAccount()),
    context.secrets.onDidChange(readAccount),
    prompts,
    vaultIndex,
    badge,
    services.revealPictures.event(() => void panel.revealPictures()),
    { dispose: () => unsubscribers.forEach((unsubscribe) => void unsubscribe()) },
  );
  return panel;
}
