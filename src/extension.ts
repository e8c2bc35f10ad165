import {
  commands,
  type DocumentDropEditProvider,
  type DocumentPasteEditProvider,
  type ExtensionContext,
  ExtensionMode,
  languages,
  window,
} from "vscode";
import { linkLanguages } from "./core/linkLanguages.ts";
import { linkKind, mayHoldImage, pictureType, uriList } from "./host/dropTypes.ts";
import { canUndoReplaceKey, commandIds, keptPicturesKey, replacedKey, viewId } from "./host/ids.ts";
import { OpenJobs } from "./host/openJobs.ts";
import type { Panel } from "./host/panel/panel.ts";
import type { Limn } from "./limn.ts";

/** What Limn's own tests work with; nobody else gets it. */
export interface TestExports {
  /** The panel, for which all of Limn is loaded. */
  panel(): Promise<Panel>;
}

/**
 * Called when VS Code has started: registers what answers, and looks whether a job is open. All of Limn is loaded only when the user needs
 * it or a job does, since other extensions wait meanwhile.
 */
export function activate(context: ExtensionContext): TestExports | undefined {
  const openJobs = new OpenJobs(context.globalStorageUri.fsPath);
  let started: Promise<Limn> | undefined;
  const limn = () => {
    started ??= import("./limn.ts").then(({ start }) => start(context, openJobs));
    return started;
  };
  const links: DocumentDropEditProvider & DocumentPasteEditProvider = {
    provideDocumentDropEdits: async (document, position, transfer, token) =>
      (await mayHoldImage(transfer))
        ? (await limn()).links.provideDocumentDropEdits(document, position, transfer, token)
        : undefined,
    provideDocumentPasteEdits: async (document, ranges, transfer, context, token) =>
      (await mayHoldImage(transfer))
        ? (await limn()).links.provideDocumentPasteEdits(document, ranges, transfer, context, token)
        : undefined,
  };
  context.subscriptions.push(
    ...commandIds.map((id) =>
      commands.registerCommand(id, async (...parameters: readonly unknown[]) => (await limn()).run(id, parameters)),
    ),
    window.registerWebviewViewProvider(viewId, {
      resolveWebviewView: async (view) => (await limn()).panel.resolveWebviewView(view),
    }),
    languages.registerDocumentDropEditProvider(linkLanguages, links, {
      providedDropEditKinds: [linkKind],
      dropMimeTypes: [pictureType, uriList],
    }),
    languages.registerDocumentPasteEditProvider(linkLanguages, links, {
      providedPasteEditKinds: [linkKind],
      pasteMimeTypes: [uriList],
    }),
    openJobs,
  );
  if (context.globalState.get(keptPicturesKey) === true) {
    void commands.executeCommand("setContext", keptPicturesKey, true);
  }
  const replaced: unknown = context.workspaceState.get(replacedKey);
  if (Array.isArray(replaced) && replaced.length > 0) {
    void commands.executeCommand("setContext", canUndoReplaceKey, true);
  }
  void openJobs.watch(() => void limn().then(({ resume }) => resume()));
  return context.extensionMode === ExtensionMode.Test ? { panel: async () => (await limn()).panel } : undefined;
}
