import { Uri } from "vscode";

/** A file, and the id of the target that it was made for. */
export interface FileForTarget {
  readonly target: string;
  readonly uri: Uri;
}

/** The files by target and folder: each group is one export. */
export const groupForExport = (files: readonly FileForTarget[]): readonly FileForTarget[][] => [
  ...Map.groupBy(files, ({ target, uri }) => JSON.stringify([target, Uri.joinPath(uri, "..")])).values(),
];
