// Entry of dist/movedImages.js, which is loaded when the user moves or deletes a file.
import { type FileDeleteEvent, type FileRenameEvent, type FileWillRenameEvent, Uri } from "vscode";
import { hasImageExtension } from "../../core/links/reading/imageLink.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { showLinksToDeleted } from "./deletedImages.ts";
import { type FileChange, followed, inOrder, placeBefore } from "./fileChanges.ts";
import { updateLinks } from "./updateLinks.ts";

let last: Promise<void> = Promise.resolve();

/** The changes that are not handled yet, in their order; the first one is being handled. */
const unhandled: (readonly FileChange[])[] = [];

/** What has happened after the changes that are being handled. */
const later = (): readonly FileChange[] => unhandled.slice(1).reduce(inOrder, []);

/** Changes whose links may not be updated, because images or documents had already moved on. */
let unsettled: readonly FileChange[] = [];

/** Folders and documents whose moves have started since nothing was being handled. */
const startedMoves: Uri[] = [];

/** Whether what is moved may be a document, or a folder with documents. */
const mayHaveDocuments = ({ path }: Uri): boolean => !hasImageExtension(path);

/**
 * Folders and documents that were moved after the changes that are being handled. Some of these
 * moves are not in `startedMoves`: before VS Code undoes a move it sends no event. Such a move is
 * missed if VS Code reports it only after the search that it has disturbed.
 */
const laterMoves = (): readonly Uri[] =>
  unhandled
    .slice(1)
    .flat()
    .flatMap(({ from, to }) => (to !== undefined && mayHaveDocuments(from) ? [from] : []));

/**
 * Moves while whose documents were searched, others started: a search does not find documents that
 * are moved while it runs. They count for the documents that `started` took away.
 */
let overtaken: { readonly changes: readonly FileChange[]; readonly started: readonly Uri[] } = {
  changes: [],
  started: [],
};

const isSame = (one: Uri, other: Uri): boolean => uriKey(one) === uriKey(other);

async function handle(event: readonly FileChange[], startedBefore: number): Promise<void> {
  // Each link leads to the place before the unsettled changes or to that before the event.
  const changes = [...followed(unsettled, event), ...event];
  const started = () => [...startedMoves.slice(startedBefore), ...laterMoves()];
  const { changes: missed, started: startedThen } = overtaken;
  const overtaking = event.filter(({ from }) => startedThen.some((uri) => isSame(uri, from)));
  const result = await updateLinks(
    changes.filter(({ to }) => to !== undefined),
    {
      later,
      missed: overtaking.length === 0 ? [] : followed(missed, event),
      wasMissed(document) {
        const place = placeBefore(later(), document);
        return !isSame(placeBefore(overtaking, place), place);
      },
      mayMissDocuments: () => started().length > 0,
    },
  );
  await showLinksToDeleted(followed(changes, later()).filter(({ to }) => to === undefined));
  overtaken =
    started().length === 0 || result === "stopped"
      ? { changes: [], started: [] }
      : { changes: [...followed(missed, event), ...event], started: started() };
  // What the event has not moved on was removed by another program.
  const stale = unsettled;
  unsettled = result === "unsettled" ? changes.filter(({ to }) => !stale.some((one) => one.to === to)) : [];
}

/** Called before files or folders are moved or renamed. */
export function moveStarts({ files }: FileWillRenameEvent): void {
  startedMoves.push(...files.map(({ oldUri }) => oldUri).filter(mayHaveDocuments));
}

/**
 * Called after files or folders were moved, renamed or deleted. One event is handled after the
 * other, because each looks at the documents as the last one leaves them.
 */
export function filesChanged({ files }: FileRenameEvent | FileDeleteEvent): Promise<void> {
  const changes = files.map((file) => (file instanceof Uri ? { from: file } : { from: file.oldUri, to: file.newUri }));
  const startedBefore = startedMoves.length;
  unhandled.push(changes);
  const handled = last
    .then(() => handle(changes, startedBefore))
    .finally(() => {
      unhandled.shift();
      if (unhandled.length === 0) startedMoves.length = 0;
    });
  last = handled.catch(() => undefined);
  return handled;
}
