import { commands, type ExtensionContext, ExtensionMode, window } from "vscode";
import { commandIds, viewId } from "./host/ids.ts";
import type { Panel } from "./host/panel/panel.ts";
import type { Limn } from "./limn.ts";

/**
 * Called by VS Code when a command, view or tool of Limn is first used: only says who answers, since other extensions wait for their turn.
 * Limn itself is read next. Gives nothing but to Limn's own tests.
 */
export function activate(context: ExtensionContext): Promise<Panel> | undefined {
  let started: Promise<Limn> | undefined;
  const limn = () => {
    started ??= import("./limn.ts").then(({ start }) => start(context));
    return started;
  };
  context.subscriptions.push(
    ...commandIds.map((id) =>
      commands.registerCommand(id, async (...parameters: readonly unknown[]) => (await limn()).run(id, parameters)),
    ),
    window.registerWebviewViewProvider(viewId, {
      resolveWebviewView: async (view) => (await limn()).panel.resolveWebviewView(view),
    }),
  );
  // Whatever woke Limn: jobs of an earlier session go on, and dropped pictures become links.
  setImmediate(() => void limn());
  return context.extensionMode === ExtensionMode.Test ? limn().then(({ panel }) => panel) : undefined;
}
