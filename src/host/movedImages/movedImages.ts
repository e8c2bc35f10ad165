// Entry of dist/movedImages.js, which is loaded when the user moves or deletes a file.
import { type FileDeleteEvent, type FileRenameEvent, type FileWillRenameEvent, Uri } from "vscode";
import { hasImageExtension } from "../../core/links/reading/imageLink.ts";
import { showLinksToDeleted } from "./deletedImages.ts";
import { type FileChange, followed, inOrder } from "./fileChanges.ts";
import { updateLinks } from "./updateLinks.ts";

let last: Promise<void> = Promise.resolve();

/** The changes that are not handled yet, in their order; the first one is being handled. */
const unhandled: (readonly FileChange[])[] = [];

/** What has happened after the changes that are being handled. */
const later = (): readonly FileChange[] => unhandled.slice(1).reduce(inOrder, []);

/** Changes whose links may not be updated, because images or documents had already moved on. */
let unsettled: readonly FileChange[] = [];

/** How many moves of folders and documents have started. */
let startedMoves = 0;

async function handle(event: readonly FileChange[], startedBefore: number): Promise<void> {
  // Each link leads to the place before the unsettled changes or to that before the event.
  const changes = [...followed(unsettled, event), ...event];
  // A search does not find documents that are moved while it runs.
  const mayMissDocuments = () => startedMoves !== startedBefore;
  const isSettled = await updateLinks(
    changes.filter(({ to }) => to !== undefined),
    { later, mayMissDocuments },
  );
  await showLinksToDeleted(followed(changes, later()).filter(({ to }) => to === undefined));
  if (mayMissDocuments()) {
    unsettled = changes;
    return;
  }
  // What the event has not moved on was removed by another program.
  const stale = unsettled;
  unsettled = isSettled ? [] : changes.filter(({ to }) => !stale.some((one) => one.to === to));
}

/** Called before files or folders are moved or renamed. */
export function moveStarts({ files }: FileWillRenameEvent): void {
  if (files.some(({ oldUri }) => !hasImageExtension(oldUri.path))) startedMoves++;
}

/**
 * Called after files or folders were moved, renamed or deleted. One event is handled after the
 * other, because each looks at the documents as the last one leaves them.
 */
export function filesChanged({ files }: FileRenameEvent | FileDeleteEvent): Promise<void> {
  const changes = files.map((file) => (file instanceof Uri ? { from: file } : { from: file.oldUri, to: file.newUri }));
  const startedBefore = startedMoves;
  unhandled.push(changes);
  const handled = last.then(() => handle(changes, startedBefore)).finally(() => unhandled.shift());
  last = handled.catch(() => undefined);
  return handled;
}
