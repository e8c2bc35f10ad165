import { Disposable, type ExtensionContext, languages, type TextDocument, type Uri, workspace } from "vscode";
import { imageExtensions } from "../../core/links/reading/imageLink.ts";
import { documentLanguage, knownLanguages } from "../imageLinks/documentLanguage.ts";
import { isMade } from "../imageLinks/linkedDocuments.ts";
import { setting } from "../settings.ts";
import { startTimer } from "../timer.ts";
import { fileGlob } from "../workspace/fileGlob.ts";
import { oversizedLinks } from "./oversizedLinks.ts";

/** Milliseconds after the last change until documents are checked again. */
const debounceMs = 400;

/** Whether a document may have image links, and is not one that only an extension looks at. */
const isChecked = (document: TextDocument): boolean =>
  !document.isClosed &&
  knownLanguages.has(documentLanguage(document)) &&
  (document.uri.scheme === "vscode-notebook-cell" || workspace.getWorkspaceFolder(document.uri) !== undefined);

/**
 * Keeps a problem for each image link of the open documents whose image is far larger than the link
 * shows it, until it is disposed.
 *
 * @param problemsOf finds the problems of a document. If it fails, they stay as they are.
 */
export function checkWeights(problemsOf = oversizedLinks): Disposable {
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
      // The others are checked all the same. VS Code writes it to its log.
      await check(document).catch((error: unknown) => console.error(error));
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
  const onPlace = (uri: Uri): void => {
    if (!isMade(uri)) scheduleAll();
  };
  scheduleAll();
  return Disposable.from(
    images,
    images.onDidChange(scheduleAll),
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
function followSetting(): void {
  if (!setting("weightCheck")) {
    running?.dispose();
    running = undefined;
  } else {
    running ??= checkWeights();
  }
}

let isStarted = false;

/** Follows the setting `limn.weightCheck` from the first call on. */
export function startWeightCheck({ subscriptions }: ExtensionContext): void {
  if (isStarted) {
    return;
  }
  isStarted = true;
  subscriptions.push(
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn.weightCheck") && followSetting()),
    { dispose: () => running?.dispose() },
  );
  followSetting();
}
