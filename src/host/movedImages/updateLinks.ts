import {
  type CancellationToken,
  l10n,
  type MessageItem,
  Range,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import { findDocuments } from "../imageLinks/linkedDocuments.ts";
import { searchWithProgress } from "../imageLinks/searchProgress.ts";
import { changeSettingOf, setting } from "../settings.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { FileChange } from "./fileChanges.ts";
import { type ImageChange, imageChanges, mentionsOf } from "./imageChanges.ts";
import { markdownMoves } from "./markdownUpdates.ts";
import { fileList, linkCount, namesOf, warnAboutLinks } from "./messages.ts";
import { type DocumentUpdate, planUpdate } from "./planUpdate.ts";

/** Files that were moved, and those of them whose links in Markdown VS Code updates itself. */
interface Moves {
  readonly changes: readonly ImageChange[];
  readonly ofMarkdown: readonly FileChange[];
}

/** A document may change while its update is planned; then it is planned again. */
const maxAttempts = 3;

const placesOf = ({ changes }: Moves): readonly Uri[] => changes.flatMap(({ to }) => to ?? []);

async function findUpdates(moves: Moves, token: CancellationToken): Promise<readonly DocumentUpdate[]> {
  const updates: DocumentUpdate[] = [];
  for (const document of await findDocuments(mentionsOf(moves.changes), token)) {
    if (token.isCancellationRequested) break;
    updates.push(await planUpdate(document, moves.changes, moves.ofMarkdown));
  }
  return updates.filter(({ edits, broken }) => edits.length + broken.length > 0);
}

/** A button of the question. */
interface Answer extends MessageItem {
  readonly updates: boolean;
  /** The value that the setting gets, so that the question is not asked again. */
  readonly remembered?: "always" | "never";
}

/** Asks whether links may be updated, as VS Code does for imports; not if a setting allows it. */
async function isAllowed(moves: Moves, updates: readonly DocumentUpdate[]): Promise<boolean> {
  const places = placesOf(moves);
  // A value that is not valid must not change files without a question.
  const asking = places.find((uri) => setting("updateLinksOnFileMove", uri) !== "always");
  if (asking === undefined) {
    return true;
  }
  const count = updates.reduce((sum, { edits }) => sum + edits.length, 0);
  const files = updates.map(({ uri }) => uri);
  const answers: readonly Answer[] = [
    { title: l10n.t("Yes"), updates: true },
    { title: l10n.t("No"), updates: false, isCloseAffordance: true },
    { title: l10n.t("Always"), updates: true, remembered: "always" },
    { title: l10n.t("Never"), updates: false, remembered: "never" },
  ];
  const answer = await window.showInformationMessage(
    l10n.t("Update links to {0}?", namesOf(places)),
    { modal: true, detail: `${linkCount(count, files.length)}:\n${fileList(files)}` },
    ...answers,
  );
  if (answer?.remembered !== undefined) {
    await changeSettingOf("updateLinksOnFileMove", answer.remembered, asking);
  }
  return answer?.updates === true;
}

/** The documents; without those that cannot be opened, which may have been deleted meanwhile. */
async function openAll(uris: readonly Uri[]): Promise<readonly TextDocument[]> {
  const opened = uris.map((uri) =>
    workspace.openTextDocument(uri).then(
      (document) => [document],
      () => [],
    ),
  );
  return (await Promise.all(opened)).flat();
}

/**
 * Changes the links of the documents as they are now, in one step that Undo takes back. Returns
 * those that cannot be opened; `undefined` if nothing could be changed.
 */
async function applyUpdates(uris: readonly Uri[], { changes, ofMarkdown }: Moves): Promise<readonly Uri[] | undefined> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const documents = await openAll(uris);
    const versions = documents.map(({ version }) => version);
    const edit = new WorkspaceEdit();
    for (const document of documents) {
      const text = { uri: document.uri, text: document.getText(), languageId: documentLanguage(document) };
      for (const { start, end, text: path } of (await planUpdate(text, changes, ofMarkdown)).edits) {
        edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), path);
      }
    }
    const isCurrent = documents.every(({ version }, index) => version === versions[index]);
    if (isCurrent && (await workspace.applyEdit(edit, { isRefactoring: true }))) {
      const opened = new Set(documents.map(({ uri }) => uriKey(uri)));
      return uris.filter((uri) => !opened.has(uriKey(uri)));
    }
  }
  return undefined;
}

/** Keeps the links to images that the user has moved or renamed, alone or with their folder. */
export async function updateLinks(moved: readonly FileChange[]): Promise<void> {
  const wanted = moved.filter(({ to }) => to !== undefined && setting("updateLinksOnFileMove", to) !== "never");
  const changes = await imageChanges(wanted);
  if (changes.length === 0) {
    return;
  }
  const moves = { changes, ofMarkdown: await markdownMoves(changes) };
  const names = namesOf(placesOf(moves));
  const title = l10n.t("Looking for links to {0}…", names);
  const found = (await searchWithProgress(title, (token) => findUpdates(moves, token))) ?? [];
  const updates = found.filter(({ edits }) => edits.length > 0);
  if (updates.length > 0) {
    if (!(await isAllowed(moves, updates))) return;
    const uris = updates.map(({ uri }) => uri);
    const unopened = await applyUpdates(uris, moves);
    if (unopened === undefined) {
      const sentence = l10n.t(
        "The links to {0} were not updated, because a file with them kept changing. Update them by hand.",
        names,
      );
      void window.showErrorMessage(escapeMarkup(sentence));
      return;
    }
    if (unopened.length > 0) {
      const paths = unopened.map(shownPath).join(", ");
      const sentence = l10n.t("The links to {0} were not updated in {1}, which cannot be opened.", names, paths);
      void window.showWarningMessage(escapeMarkup(sentence));
    }
  }
  const broken = found.flatMap((update) => update.broken);
  if (broken.length > 0) {
    const count = linkCount(broken.length, new Set(broken.map(({ uri }) => uri.toString())).size);
    void warnAboutLinks(
      l10n.t("Some links cannot name the new place of {0}: {1}. Change their paths by hand.", names, count),
      broken,
    );
  }
}
