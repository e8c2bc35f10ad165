import { Uri, window, workspace } from "vscode";
import { connectLightTable } from "../lightTable/connectLightTable.ts";
import type { LimnContext } from "../limnContext.ts";
import type { Services } from "../services.ts";
import { savedPromptsFile } from "../storage/storagePaths.ts";
import { Account } from "./account.ts";
import { createBadge } from "./badge.ts";
import { Panel } from "./panel.ts";
import { PanelJobs } from "./panelJobs.ts";
import { FolderIndex } from "./pictures/folderIndex.ts";
import { SavedPrompts } from "./prompts/savedPrompts.ts";

/** Creates the panel and updates it whenever something it shows changes. */
export function registerPanel(context: LimnContext, services: Services, closing: AbortSignal): Panel {
  const { jobs, draftReferences, lightTable, thumbnails, storage, vault, log } = services;
  const prompts = new SavedPrompts(Uri.file(savedPromptsFile(storage)), log);
  const vaultIndex = new FolderIndex(vault, log);
  const account = new Account(services, closing);
  const badge = createBadge(jobs);
  const panel = new Panel({ services, account, prompts, vaultIndex, badge, closing });
  services.panelTab.connect(panel);
  const tableJobs = new PanelJobs(services, vaultIndex);
  connectLightTable(services, {
    ready: () => panel.readJobs(),
    jobView: (id) => tableJobs.view(id),
    run: panel.run,
    revealPictures: () => panel.revealPictures(),
  });
  const refresh = () => panel.refresh();
  const readAccount = () => void panel.refreshAccount();
  const unsubscribers = [
    jobs.journal.subscribe((job) => panel.onJobChange(job)),
    jobs.journal.subscribe(() => lightTable.refresh()),
    jobs.subscribeToFollowed(() => panel.onFollowChange()),
    draftReferences.onChange(refresh),
    thumbnails.index.onChange(refresh),
    prompts.onChange(refresh),
    vaultIndex.onChange(panel.onVaultChange),
    vaultIndex.onChange(() => lightTable.refresh()),
    thumbnails.index.onChange(() => lightTable.refresh()),
  ];
  context.subscriptions.push(
    workspace.onDidChangeWorkspaceFolders(() => {
      panel.onFoldersChange();
      tableJobs.onFoldersChange();
      lightTable.refresh();
    }),
    window.onDidChangeActiveTextEditor(() => panel.onActiveFileChange()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn") && readAccount()),
    context.secrets.onDidChange(readAccount),
    workspace.onDidGrantWorkspaceTrust(() => void panel.readTargets()),
    panel,
    prompts,
    vaultIndex,
    badge,
    services.revealPictures.event(() => void panel.revealPictures()),
    services.editJob.event((job) => void panel.editJob(job)),
    services.fillDraft.event((draft) => void panel.fillDraft(draft)),
    { dispose: () => unsubscribers.forEach((unsubscribe) => void unsubscribe()) },
  );
  return panel;
}
