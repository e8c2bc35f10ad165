import { join } from "node:path";
import { type ExtensionContext, Uri, workspace } from "vscode";
import type { Services } from "../services.ts";
import { Account } from "./account.ts";
import { createBadge } from "./badge.ts";
import { FolderIndex } from "./folderIndex.ts";
import { Panel } from "./panel.ts";
import { SavedPrompts } from "./savedPrompts.ts";

/** Builds the panel and has it hear of everything it shows. */
export function registerPanel(context: ExtensionContext, services: Services, closing: AbortSignal): Panel {
  const { jobs, references, thumbnails, storage, dist, vault: folder, log } = services;
  const prompts = new SavedPrompts(Uri.file(join(storage, "prompts.json")), log);
  const vault = new FolderIndex(folder, log);
  const account = new Account(services, closing);
  const badge = createBadge();
  const panel = new Panel({ services, account, prompts, vault, badge, dist, closing });
  const refresh = () => panel.refresh();
  const readAccount = () => void panel.readAccount();
  const ends = [
    jobs.journal.onChange((job) => panel.hear(job)),
    jobs.onFollow(() => panel.hearFollow()),
    references.onChange(refresh),
    thumbnails.index.onChange(refresh),
    prompts.onChange(refresh),
    vault.onChange(refresh),
  ];
  context.subscriptions.push(
    workspace.onDidChangeWorkspaceFolders(() => panel.forgetPaths()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn") && readAccount()),
    context.secrets.onDidChange(readAccount),
    prompts,
    vault,
    badge,
    services.revealPictures.event(() => void panel.revealPictures()),
    { dispose: () => ends.forEach((end) => void end()) },
  );
  return panel;
}
