import type { ExtensionContext } from "vscode";
import { registerCommands } from "./host/commands.ts";
import { resumeJobs } from "./host/resume.ts";
import { createServices } from "./host/world.ts";

/** Called by VS Code when a command, view or tool of Limn is first used. */
export function activate(context: ExtensionContext): void {
  const services = createServices(context);
  const closing = new AbortController();
  context.subscriptions.push(registerCommands(services), { dispose: () => closing.abort() });
  // Not awaited: the command that woke Limn comes first.
  resumeJobs(services, closing.signal).catch((error: unknown) =>
    services.log.error(`Resuming failed: ${String(error)}`),
  );
}
