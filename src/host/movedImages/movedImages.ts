// Entry of dist/movedImages.js, which is loaded when the user moves or deletes a file.
import { type FileDeleteEvent, type FileRenameEvent, Uri } from "vscode";
import { showLinksToDeleted } from "./deletedImages.ts";
import { updateLinks } from "./updateLinks.ts";

let last: Promise<void> = Promise.resolve();

/** Runs one task after the other, because each looks at the files as the last one leaves them. */
function enqueue(task: () => Promise<void>): Promise<void> {
  const running = last.then(task);
  last = running.catch(() => undefined);
  return running;
}

/** Called after files or folders were moved, renamed or deleted. */
export const filesChanged = ({ files }: FileRenameEvent | FileDeleteEvent): Promise<void> =>
  enqueue(async () => {
    const changes = files.map((file) =>
      file instanceof Uri ? { from: file } : { from: file.oldUri, to: file.newUri },
    );
    await updateLinks(changes.filter(({ to }) => to !== undefined));
    await showLinksToDeleted(changes.filter(({ to }) => to === undefined));
  });
