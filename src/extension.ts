import { commands, type ExtensionContext, ExtensionMode, type TextEditor, window } from "vscode";
import { type CommandId, lightTableType, panelTabType, viewId } from "./host/ids.ts";
import type { JobMarkerFolder } from "./host/jobs/jobMarkerFolder.ts";
import type { LimnContext } from "./host/limnContext.ts";
import { showPanelPage } from "./host/panel/showPanelPage.ts";
import type { Limn } from "./limn.ts";

/** Loading the page again takes twice as long as showing a page that was kept. */
const panelOptions = { webviewOptions: { retainContextWhenHidden: true } };

/** The result of `activate` in Limn's own tests; in any other run there is none. */
export interface TestExports {
  /** Loads Limn and resolves with it. */
  limn(): Promise<Limn>;
}

/** What is loaded after `activate`. */
interface LoadedLater {
  /** Loads and starts what follows right afterwards. */
  startUp(): Promise<JobMarkerFolder>;
  /** Loads and starts the rest of Limn, and before that what `startUp` does, if it has not run. */
  loadLimn(): Promise<Limn>;
}

/** Each of the two is loaded and started once, however often it is called. */
export function loadLater(context: LimnContext, lastTextEditor: () => TextEditor | undefined): LoadedLater {
  let starting: Promise<JobMarkerFolder> | undefined;
  let loading: Promise<Limn> | undefined;
  const later: LoadedLater = {
    startUp() {
      starting ??= import("./host/startUp.ts").then(({ startUp }) => startUp(context, later.loadLimn));
      return starting;
    },
    loadLimn() {
      loading ??= Promise.all([import("./limn.ts"), later.startUp()]).then(async ([{ start }, openJobs]) => {
        // Between the two, other extensions get their turn.
        await new Promise((resolve) => setTimeout(resolve));
        return start(context, openJobs, lastTextEditor);
      });
      return loading;
    },
  };
  return later;
}

/**
 * Called when VS Code has started: registers what VS Code may use at once, commands and views. What
 * VS Code asks for only later, such as hovers, follows right afterwards, and the rest of Limn is
 * loaded only when it is needed, because loading delays other extensions.
 */
export function activate(context: ExtensionContext): TestExports | undefined {
  // VS Code does not know it any more while an image is in front of it.
  let lastTextEditor = window.activeTextEditor;
  const { startUp, loadLimn } = loadLater(context, () => lastTextEditor);
  const declared: readonly { readonly command: CommandId }[] = context.extension.packageJSON.contributes.commands;
  context.subscriptions.push(
    window.onDidChangeActiveTextEditor((editor) => {
      lastTextEditor = editor ?? lastTextEditor;
    }),
    ...declared.map(({ command: id }) =>
      commands.registerCommand(id, async (...args: readonly unknown[]) => (await loadLimn()).runCommand(id, args)),
    ),
    window.registerWebviewViewProvider(
      viewId,
      { resolveWebviewView: (view) => showPanelPage(view, context, async () => (await loadLimn()).panel) },
      panelOptions,
    ),
    window.registerWebviewPanelSerializer(lightTableType, {
      deserializeWebviewPanel: async (tab, state) => (await loadLimn()).lightTable.restore(tab, state),
    }),
    window.registerWebviewPanelSerializer(panelTabType, {
      deserializeWebviewPanel: async (tab) => (await loadLimn()).panelTab.restore(tab),
    }),
  );
  // Loaded when this function has returned, so that VS Code need not wait for it.
  const startingUp = setImmediate(() => void startUp());
  context.subscriptions.push({ dispose: () => clearImmediate(startingUp) });
  return context.extensionMode === ExtensionMode.Test ? { limn: loadLimn } : undefined;
}
