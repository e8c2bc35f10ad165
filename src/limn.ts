import { type ExtensionContext, workspace } from "vscode";
import { runCommand } from "./host/commands.ts";
import { clearComparisons } from "./host/compare/tab.ts";
import type { CommandId } from "./host/ids.ts";
import { watchKeptPictures } from "./host/keptPictures.ts";
import { type LinkProvider, linkProvider } from "./host/linkDrop.ts";
import { clearLitter } from "./host/litter.ts";
import type { OpenJobs } from "./host/openJobs.ts";
import type { Panel } from "./host/panel/panel.ts";
import { registerPanel } from "./host/panel/register.ts";
import { createResumption } from "./host/resume.ts";
import { registerSpending } from "./host/spending/register.ts";
import { createServices } from "./host/world.ts";

/** All that Limn does, at work. */
export interface Limn {
  readonly panel: Panel;
  /** Links to images that are dropped or pasted into a text. */
  readonly links: LinkProvider;
  /** Does what a command is for; see `runCommand`. */
  run(id: CommandId, parameters: readonly unknown[]): Promise<unknown>;
  /** Takes up the jobs that no window follows. */
  resume(): void;
}

/** Begins to work, until the context's subscriptions end. */
export function start(context: ExtensionContext, openJobs: OpenJobs): Limn {
  const services = createServices(context, openJobs);
  const closing = new AbortController();
  const panel = registerPanel(context, services, closing.signal);
  const resumption = createResumption(services, closing.signal, () => panel.isVisible);
  context.subscriptions.push(
    registerSpending(services),
    watchKeptPictures(services.jobs.journal, context.globalState),
    context.secrets.onDidChange(() => resumption.retry()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn.apiUrl") && resumption.retry()),
    { dispose: () => closing.abort() },
  );
  // Not awaited: the command that Limn was loaded for comes first.
  resumption.start();
  void clearComparisons(services);
  void clearLitter(services);
  return {
    panel,
    links: linkProvider(services),
    run: (id, parameters) => runCommand(services, id, parameters),
    resume: () => resumption.start(),
  };
}
