// Entry of dist/movedImages.js, which is loaded when the user moves or deletes a file.
import type { FileDeleteEvent, FileRenameEvent } from "vscode";
import { showLinksToDeleted } from "./deletedImages.ts";
import { updateLinks } from "./updateLinks.ts";

let last: Promise<void> = Promise.resolve();

/** Runs one task after the other, because each looks at the files as the last one leaves them. */
function enqueue(task: () => Promise<void>): Promise<void> {
  const running = last.then(task);
  last = running.catch(() => undefined);
  return running;
}

/** Called after files or folders were moved or renamed. */
export const filesMoved = ({ files }: FileRenameEvent): Promise<void> =>
  enqueue(() => updateLinks(files.map(({ oldUri, newUri }) => ({ from: oldUri, to: newUri }))));

/** Called after files or folders were deleted. */
export const filesDeleted = ({ files }: FileDeleteEvent): Promise<void> =>
  enqueue(() => showLinksToDeleted(files.map((from) => ({ from }))));
