import type { ExtensionContext } from "vscode";
import { runCommand } from "./host/commands.ts";
import { clearComparisons } from "./host/compare/tab.ts";
import type { CommandId } from "./host/ids.ts";
import { registerLinkDrop } from "./host/linkDrop.ts";
import { clearLitter } from "./host/litter.ts";
import type { Panel } from "./host/panel/panel.ts";
import { registerPanel } from "./host/panel/register.ts";
import { resumeJobs } from "./host/resume.ts";
import { registerSpending } from "./host/spending/register.ts";
import { createServices } from "./host/world.ts";

/** All that Limn does, at work. */
export interface Limn {
  readonly panel: Panel;
  /** Does what a command is for; see `runCommand`. */
  run(id: CommandId, parameters: readonly unknown[]): Promise<unknown>;
}

/** Begins to work, until the context's subscriptions end. */
export function start(context: ExtensionContext): Limn {
  const services = createServices(context);
  const closing = new AbortController();
  const panel = registerPanel(context, services, closing.signal);
  context.subscriptions.push(registerLinkDrop(services), registerSpending(services), {
    dispose: () => closing.abort(),
  });
  // Not awaited: the command that woke Limn comes first.
  resumeJobs(services, closing.signal, () => panel.isVisible).catch((error: unknown) =>
    services.log.error(`Resuming failed: ${String(error)}`),
  );
  void clearComparisons(services);
  void clearLitter(services);
  return { panel, run: (id, parameters) => runCommand(services, id, parameters) };
}
