import {
  CodeActionKind,
  commands,
  type DataTransfer,
  type DocumentDropEditProvider,
  type DocumentPasteEditProvider,
  type ExtensionContext,
  ExtensionMode,
  languages,
  type Position,
  Range,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { linkLanguages } from "./core/links/linkLanguages.ts";
import { type CommandId, lightTableType, panelTabType, viewId } from "./host/ids.ts";
import { JobMarkerFolder } from "./host/jobs/jobMarkerFolder.ts";
import { droppedMimeTypes, linkKind, mayHoldImage } from "./host/links/dropTypes.ts";
import { showPanelPage } from "./host/panel/showPanelPage.ts";
import type { Limn } from "./limn.ts";

/** Loading the page again takes twice as long as showing a page that was kept. */
const panelOptions = { webviewOptions: { retainContextWhenHidden: true } };

/** Documents that get image links; without an extension for a language, the name decides. */
const linkDocuments = [
  ...linkLanguages,
  { pattern: "**/*.{mdx,vue,svelte,astro,adoc,erb,ejs,njk,liquid,twig,jinja,j2}" },
];

/** Documents whose image links are read. */
const imageDocuments = [...linkDocuments, "javascript", "typescript"];

const loadImageLinks = () => import("./host/imageLinks/imageLinkProviders.ts");

/**
 * Loads the parsers, only if lines near a selection name an image. A link may be longer than its
 * first line.
 */
const imageLinks = async (document: TextDocument, start: Position, end = start) =>
  /\.(png|jpe?g|webp|gif|svg|ico|avif|bmp)\b/i.test(
    document.getText(new Range(Math.max(0, start.line - 9), 0, end.line + 9, 0)),
  )
    ? loadImageLinks()
    : undefined;

/** The result of `activate` in Limn's own tests; in any other run there is none. */
export interface TestExports {
  /** Loads Limn and resolves with it. */
  limn(): Promise<Limn>;
}

/**
 * Called when VS Code has started: registers commands, view and link providers, and watches for
 * unfinished jobs. The rest of Limn is loaded only when one of them needs it, because loading
 * delays other extensions.
 */
export function activate(context: ExtensionContext): TestExports | undefined {
  const openJobs = new JobMarkerFolder(context.globalStorageUri.fsPath);
  let loading: Promise<Limn> | undefined;
  // VS Code does not know it any more while an image is in front of it.
  let lastTextEditor = window.activeTextEditor;
  const loadLimn = () => {
    loading ??= import("./limn.ts").then(({ start }) => start(context, openJobs, () => lastTextEditor));
    return loading;
  };
  const declared: readonly { readonly command: CommandId }[] = context.extension.packageJSON.contributes.commands;
  const linksTo = async (transfer: DataTransfer) =>
    (await mayHoldImage(transfer)) ? (await loadLimn()).linkProvider : undefined;
  // The third argument of both is what was dropped or pasted.
  const lazyLinkProvider: DocumentDropEditProvider & DocumentPasteEditProvider = {
    provideDocumentDropEdits: async (...args) => (await linksTo(args[2]))?.provideDocumentDropEdits(...args),
    provideDocumentPasteEdits: async (...args) => (await linksTo(args[2]))?.provideDocumentPasteEdits(...args),
  };
  const checkWeights = async () => {
    if (workspace.getConfiguration("limn").get("weightCheck") === true) {
      (await loadImageLinks()).startWeightCheck(context, loadLimn);
    }
  };
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
    languages.registerDocumentDropEditProvider(linkDocuments, lazyLinkProvider, {
      providedDropEditKinds: [linkKind],
      dropMimeTypes: droppedMimeTypes,
    }),
    languages.registerDocumentPasteEditProvider(linkDocuments, lazyLinkProvider, {
      providedPasteEditKinds: [linkKind],
      pasteMimeTypes: droppedMimeTypes,
    }),
    languages.registerCodeActionsProvider(
      imageDocuments,
      {
        provideCodeActions: async (document, range, context) =>
          (await imageLinks(document, range.start, range.end))?.imageActions(document, range, context),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
    languages.registerHoverProvider(imageDocuments, {
      provideHover: async (document, position) =>
        (await imageLinks(document, position))?.imageHover(document, position, loadLimn),
    }),
    workspace.onDidChangeConfiguration(checkWeights),
    openJobs,
  );
  // Loaded when this function has returned, so that VS Code need not wait for it.
  setImmediate(() => void import("./host/startUp.ts").then(({ startUp }) => startUp(context)));
  void checkWeights();
  void openJobs.watch(() => void loadLimn().then(({ resumeJobs }) => resumeJobs()));
  return context.extensionMode === ExtensionMode.Test ? { limn: loadLimn } : undefined;
}
