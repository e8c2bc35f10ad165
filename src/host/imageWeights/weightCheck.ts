import { Disposable, languages, type TextDocument, type Uri, workspace } from "vscode";
import { imageExtensions } from "../../core/links/reading/imageLink.ts";
import type { LoadLimn } from "../hover/imageHover.ts";
import { documentLanguage, knownLanguages } from "../imageLinks/documentLanguage.ts";
import { isMade } from "../imageLinks/linkedDocuments.ts";
import type { LimnContext } from "../limnContext.ts";
import { setting } from "../settings.ts";
import { startTimer } from "../timer.ts";
import { fileGlob } from "../workspace/fileGlob.ts";
import { oversizedLinks } from "./oversizedLinks.ts";

/** Milliseconds after the last change until documents are checked again. */
const debounceMs = 400;

/** Files of a project that say which folders its site serves, and from where. */
export const siteConfigGlob =
  "**/{package,angular,hugo,conf,_toc,mkdocs,.eleventy,*config*}.{json,js,mjs,cjs,ts,mts,cts,toml,yaml,yml,py}";

/** Whether a document may have image links, and is not one that only an extension looks at. */
const isChecked = (document: TextDocument): boolean =>
  !document.isClosed &&
  knownLanguages.has(documentLanguage(document)) &&
  (document.uri.scheme === "vscode-notebook-cell" || workspace.getWorkspaceFolder(document.uri) !== undefined);

/**
 * Keeps a problem for each image link of the open documents whose image is far larger than the link
 * shows it, until it is disposed.
 *
 * @param report is called when a document cannot be checked; its problems stay as they are.
 * @param problemsOf finds the problems of a document.
 */
export function checkWeights(report: (error: unknown) => void, problemsOf = oversizedLinks): Disposable {
  const problems = languages.createDiagnosticCollection("limn");
  const waiting = new Set<TextDocument>();
  let last: Promise<void> = Promise.resolve();
  let isOver = false;

  const check = async (document: TextDocument): Promise<void> => {
    const { version } = document;
    const found = await problemsOf(document);
    // A changed document is checked again anyway.
    if (!isOver && isChecked(document) && document.version === version) {
      problems.set(document.uri, found);
    }
  };
  const checkWaiting = async (): Promise<void> => {
    const documents = [...waiting];
    waiting.clear();
    for (const document of documents) {
      // The others are checked all the same.
      await check(document).catch(report);
    }
  };
  // One after the other, so that no older result takes the place of a newer one.
  const timer = startTimer(debounceMs, () => {
    last = last.then(checkWaiting);
  });
  const schedule = (documents: readonly TextDocument[]): void => {
    for (const document of documents) {
      if (isChecked(document)) waiting.add(document);
      else if (problems.has(document.uri)) problems.delete(document.uri);
    }
    timer.restart();
  };
  const scheduleAll = (): void => schedule(workspace.textDocuments);

  const images = workspace.createFileSystemWatcher(fileGlob(imageExtensions), true, false, true);
  // Of a folder that is moved or deleted, only its own path is reported.
  const places = workspace.createFileSystemWatcher("**/*", false, true, false);
  const configs = workspace.createFileSystemWatcher(siteConfigGlob, true, false, true);
  const onPlace = (uri: Uri): void => {
    if (!isMade(uri)) scheduleAll();
  };
  scheduleAll();
  return Disposable.from(
    images,
    images.onDidChange(scheduleAll),
    configs,
    configs.onDidChange(onPlace),
    places,
    places.onDidCreate(onPlace),
    places.onDidDelete(onPlace),
    // File systems without a watcher report only what the user does in VS Code.
    workspace.onDidRenameFiles(scheduleAll),
    workspace.onDidDeleteFiles(scheduleAll),
    workspace.onDidChangeWorkspaceFolders(scheduleAll),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn.sites") && scheduleAll()),
    workspace.onDidOpenTextDocument((document) => schedule([document])),
    workspace.onDidChangeTextDocument(({ document }) => schedule([document])),
    workspace.onDidCloseTextDocument(({ uri }) => problems.delete(uri)),
    problems,
    {
      dispose: () => {
        isOver = true;
        timer.cancel();
      },
    },
  );
}

let running: Disposable | undefined;

/** Starts the check if the setting is on, and stops it if it is off. */
function followSetting(report: (error: unknown) => void): void {
  if (!setting("weightCheck")) {
    running?.dispose();
    running = undefined;
  } else {
    running ??= checkWeights(report);
  }
}

let isStarted = false;

/** Follows the setting `limn.weightCheck` from the first call on. */
export function startWeightCheck({ subscriptions }: Pick<LimnContext, "subscriptions">, loadLimn: LoadLimn): void {
  if (isStarted) {
    return;
  }
  isStarted = true;
  // Limn's log is created with the rest of Limn.
  const report = async (error: unknown) =>
    (await loadLimn()).services.ports.log.warn(`The image weights of a document were not checked: ${String(error)}`);
  const follow = () => followSetting((error) => void report(error));
  subscriptions.push(
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn.weightCheck") && follow()),
    { dispose: () => running?.dispose() },
  );
  follow();
}
