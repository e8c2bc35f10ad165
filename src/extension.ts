import { type ExtensionContext, ExtensionMode } from "vscode";
import { registerCommands } from "./host/commands.ts";
import { clearComparisons } from "./host/compare/tab.ts";
import { registerLinkDrop } from "./host/linkDrop.ts";
import { clearLitter } from "./host/litter.ts";
import type { Panel } from "./host/panel/panel.ts";
import { registerPanel } from "./host/panel/register.ts";
import { resumeJobs } from "./host/resume.ts";
import { registerSpending } from "./host/spending/register.ts";
import { createServices } from "./host/world.ts";

/** Called by VS Code when a command, view or tool of Limn is first used. Gives nothing but to Limn's own tests. */
export function activate(context: ExtensionContext): Panel | undefined {
  const services = createServices(context);
  const closing = new AbortController();
  const panel = registerPanel(context, services, closing.signal);
  context.subscriptions.push(registerCommands(services), registerLinkDrop(services), registerSpending(services), {
    dispose: () => closing.abort(),
  });
  // Not awaited: the command that woke Limn comes first.
  resumeJobs(services, closing.signal, () => panel.isVisible).catch((error: unknown) =>
    services.log.error(`Resuming failed: ${String(error)}`),
  );
  void clearComparisons(services);
  void clearLitter(services);
  return context.extensionMode === ExtensionMode.Test ? panel : undefined;
}
