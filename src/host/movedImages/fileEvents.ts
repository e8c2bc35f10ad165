import { Disposable, type FileDeleteEvent, type FileRenameEvent, workspace } from "vscode";

const movedImages = () => import("./movedImages.ts");
const changed = async (event: FileRenameEvent | FileDeleteEvent) => (await movedImages()).filesChanged(event);

/** Looks after the links to images that are moved or deleted, until it is disposed. */
export const watchFiles = (): Disposable =>
  Disposable.from(
    workspace.onWillRenameFiles(async (event) => (await movedImages()).moveStarts(event)),
    workspace.onDidRenameFiles(changed),
    workspace.onDidDeleteFiles(changed),
  );
