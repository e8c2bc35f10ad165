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
import { searchDocuments } from "../imageLinks/linkedDocuments.ts";
import { searchWithProgress } from "../imageLinks/searchProgress.ts";
import { changeSettingOf, setting } from "../settings.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type FileChange, followed, inOrder, placeAfter, placeBefore } from "./fileChanges.ts";
import { imageChanges, mentionsOf } from "./imageChanges.ts";
import { markdownMoves } from "./markdownUpdates.ts";
import { fileList, linkCount, namesOf, warnAboutLinks } from "./messages.ts";
import { type DocumentUpdate, type Moves, planUpdate } from "./planUpdate.ts";

/** A document may change while its update is planned; then it is planned again. */
const maxAttempts = 3;

const placesOf = (moved: readonly FileChange[]): readonly Uri[] => [
  ...new Map(moved.flatMap(({ to }) => (to === undefined ? [] : [[uriKey(to), to]]))).values(),
];

/** The moves that count for the links of a document. */
type MovesOf = (document: Uri) => Moves;

async function findUpdates(
  mentions: RegExp,
  movesOf: MovesOf,
  token: CancellationToken,
): Promise<readonly DocumentUpdate[]> {
  const { found } = await searchDocuments(mentions, token, (document) => planUpdate(document, movesOf(document.uri)));
  return found.filter(({ edits, broken, isSettled }) => edits.length + broken.length > 0 || !isSettled);
}

/** A button of the question. */
interface Answer extends MessageItem {
  readonly updates: boolean;
  /** The value that the setting gets, so that the question is not asked again. */
  readonly remembered?: "always" | "never";
}

/** Asks whether links may be updated, as VS Code does for imports; not if a setting allows it. */
async function isAllowed(places: readonly Uri[], updates: readonly DocumentUpdate[]): Promise<boolean> {
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

/** What has become of updates. */
interface Outcome {
  readonly isDone: boolean;
  /** See `DocumentUpdate`. */
  readonly isSettled: boolean;
  /** The documents that cannot be opened. */
  readonly unopened: readonly Uri[];
}

const notDone: Outcome = { isDone: false, isSettled: true, unopened: [] };

/**
 * Changes the links of the documents as they are now, in one step that Undo takes back. If the user
 * cancels, or a document keeps changing, nothing is changed.
 */
async function applyUpdates(uris: readonly Uri[], movesOf: MovesOf, token: CancellationToken): Promise<Outcome> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const documents = await openAll(uris);
    const versions = documents.map(({ version }) => version);
    const edit = new WorkspaceEdit();
    let isSettled = true;
    for (const document of documents) {
      if (token.isCancellationRequested) return notDone;
      const text = { uri: document.uri, text: document.getText(), languageId: documentLanguage(document) };
      const update = await planUpdate(text, movesOf(document.uri));
      isSettled &&= update.isSettled;
      for (const { start, end, text: path } of update.edits) {
        edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), path);
      }
    }
    const isCurrent = documents.every(({ version }, index) => version === versions[index]);
    if (isCurrent && (await workspace.applyEdit(edit, { isRefactoring: true }))) {
      const opened = new Set(documents.map(({ uri }) => uriKey(uri)));
      return { isDone: true, isSettled, unopened: uris.filter((uri) => !opened.has(uriKey(uri))) };
    }
  }
  return notDone;
}

/** What the user does before and after the moves, while their documents are searched. */
export interface OtherMoves {
  /** What has happened since: there may be more before a question is answered. */
  readonly later: () => readonly FileChange[];
  /** Earlier moves, whose search did not find some documents. */
  readonly missed: readonly FileChange[];
  /** Whether the search of earlier moves may not have found a document. */
  readonly wasMissed: (document: Uri) => boolean;
  /** Whether documents may have moved while they were searched. */
  readonly mayMissDocuments: () => boolean;
}

/**
 * What has become of the links: “unsettled” if an image had moved on, so that its links were left,
 * “stopped” if the user declined or canceled, or the message asks to do it by hand.
 */
export type UpdateResult = "settled" | "unsettled" | "stopped";

async function movesToUpdate(moved: readonly FileChange[], later: OtherMoves["later"]): Promise<Moves> {
  const wanted = followed(moved, later()).filter(
    ({ to }) => to !== undefined && setting("updateLinksOnFileMove", to) !== "never",
  );
  const untilNow = () => inOrder(moved, later());
  const changes = await imageChanges(wanted, untilNow());
  return { changes, ofMarkdown: await markdownMoves(changes), untilNow };
}

/** Keeps the links to images that the user has moved or renamed, alone or with their folder. */
export async function updateLinks(
  moved: readonly FileChange[],
  { later, missed, wasMissed, mayMissDocuments }: OtherMoves,
): Promise<UpdateResult> {
  const own = await movesToUpdate(moved, later);
  const all = missed.length === 0 ? own : await movesToUpdate([...missed, ...moved], later);
  if (all.changes.length === 0) {
    return "settled";
  }
  const movesOf: MovesOf = (document) => (wasMissed(document) ? all : own);
  const looking = l10n.t("Looking for links to {0}…", namesOf(placesOf(all.changes)));
  const mentions = mentionsOf(all.changes);
  const found = (await searchWithProgress(looking, (token) => findUpdates(mentions, movesOf, token))) ?? [];
  const updates = found.filter(({ edits }) => edits.length > 0);
  const places = placesOf((found.some(({ uri }) => wasMissed(uri)) ? all : own).changes);
  const names = namesOf(places);
  let isSettled = found.every((update) => update.isSettled);
  if (updates.length > 0) {
    const oldPlaces = updates.map(({ uri }) => placeBefore(own.untilNow(), uri));
    if (!(await isAllowed(places, updates))) return "stopped";
    const uris = oldPlaces.flatMap((uri) => placeAfter(own.untilNow(), uri) ?? []);
    const updating = l10n.t("Updating links to {0}…", names);
    const outcome = await searchWithProgress(updating, (token) => applyUpdates(uris, movesOf, token));
    if (outcome === undefined) return "stopped";
    if (!outcome.isDone) {
      const sentence = l10n.t(
        "The links to {0} were not updated, because a file with them kept changing. Update them by hand.",
        names,
      );
      void window.showErrorMessage(escapeMarkup(sentence));
      return "stopped";
    }
    isSettled &&= outcome.isSettled;
    if (outcome.unopened.length > 0 && !mayMissDocuments()) {
      const paths = outcome.unopened.map(shownPath).join(", ");
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
  return isSettled ? "settled" : "unsettled";
}
