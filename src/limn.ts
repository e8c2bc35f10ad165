import "./host/ui/l10nBundle.ts";
import { type ExtensionContext, workspace } from "vscode";
import { runCommand } from "./host/commands/commands.ts";
import { removeStaleCopies } from "./host/compare/tab.ts";
import { createServices } from "./host/createServices.ts";
import type { CommandId } from "./host/ids.ts";
import type { JobMarkerFolder } from "./host/jobs/jobMarkerFolder.ts";
import { createJobResumer } from "./host/jobs/jobResumer.ts";
import { watchKeptPictures } from "./host/links/keptPictures.ts";
import { createLinkProvider, type LinkProvider } from "./host/links/linkDrop.ts";
import { registerSpending } from "./host/money/register.ts";
import type { Panel } from "./host/panel/panel.ts";
import { registerPanel } from "./host/panel/registerPanel.ts";
import { cleanUpStorage } from "./host/storage/cleanUpStorage.ts";

/** All that Limn does, at work. */
export interface Limn {
  readonly panel: Panel;
  /** Links to images that are dropped or pasted into a text. */
  readonly linkProvider: LinkProvider;
  /** Does what a command is for; see `runCommand`. */
  runCommand(id: CommandId, args: readonly unknown[]): Promise<unknown>;
  /** Takes up the jobs that no window follows. */
  resumeJobs(): void;
}

/** Begins to work, until the context's subscriptions end. */
export function start(context: ExtensionContext, openJobs: JobMarkerFolder): Limn {
  const services = createServices(context, openJobs);
  const abortController = new AbortController();
  const panel = registerPanel(context, services, abortController.signal);
  const resumption = createJobResumer(services, abortController.signal, () => panel.isVisible);
  context.subscriptions.push(
    registerSpending(services),
    watchKeptPictures(services.jobs.journal, context.globalState),
    context.secrets.onDidChange(() => resumption.retry()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn.apiUrl") && resumption.retry()),
    { dispose: () => abortController.abort() },
  );
  // Not awaited: the command that Limn was loaded for comes first.
  resumption.start();
  void removeStaleCopies(services);
  void cleanUpStorage(services);
  return {
    panel,
    linkProvider: createLinkProvider(services),
    runCommand: (id, parameters) => runCommand(services, id, parameters),
    resumeJobs: () => resumption.start(),
  };
}
