import { Location, Position, Range, type Uri } from "vscode";
import { lineIndexAt, linesOf } from "../../core/links/lines.ts";
import type { LinkEdit } from "../../core/links/linkEdit.ts";
import { movedPaths } from "../../core/links/moving/movedPath.ts";
import { type PathChange, rewriteLinks } from "../../core/links/moving/rewriteLinks.ts";
import type { TextRange } from "../../core/links/reading/imageLink.ts";
import type { DocumentText } from "../imageLinks/linkedDocuments.ts";
import { currentFiles, type FileView, relativeStart, seenOnce } from "../imageLinks/linkedFile.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { type ChangedLink, changedLinks, fileAt } from "./changedLinks.ts";
import { type FileChange, isChanged, placeAfter, placeBefore } from "./fileChanges.ts";
import { isFoundByMarkdown } from "./markdownUpdates.ts";

/** What has to be done in a document after images were moved. */
export interface DocumentUpdate {
  readonly uri: Uri;
  /** In the order of the text. */
  readonly edits: readonly LinkEdit[];
  /** Links that no other path can be given. */
  readonly broken: readonly Location[];
  /** Whether all images are at their new places: one may have moved on already. */
  readonly isSettled: boolean;
}

/** Where parts of a text are. */
export function locationsOf({ uri, text }: DocumentText, ranges: readonly TextRange[]): readonly Location[] {
  const lines = ranges.length === 0 ? [] : linesOf(text);
  const position = (offset: number) => {
    const line = lineIndexAt(lines, offset);
    return new Position(line, offset - (lines[line]?.start ?? 0));
  };
  return ranges.map(({ start, end }) => new Location(uri, new Range(position(start), position(end))));
}

/** The path without the extension, if the link has none. */
const pathLike = ({ path }: { readonly path: string }, file: Uri): string =>
  /\.\w+$/.test(path) ? file.path : file.path.replace(/\.\w+$/, "");

/**
 * The first path that leads to the file. On a disk that ignores case, paths in another case lead
 * there too, and are the last choice: the site may be built on a disk that does not.
 *
 * @param foldsCase see `uriKey`.
 */
export async function pathTo(
  target: Uri,
  paths: readonly string[],
  fileOf: (path: string) => Promise<Uri | undefined>,
  foldsCase?: boolean,
): Promise<string | undefined> {
  let other: string | undefined;
  for (const path of paths) {
    const found = await fileOf(path);
    if (found === undefined) continue;
    if (uriKey(found, false) === uriKey(target, false)) return path;
    if (uriKey(found, foldsCase) === uriKey(target, foldsCase)) other ??= path;
  }
  return other;
}

/**
 * The new path of a link, which is the old one if that leads to the new place too; `undefined` if
 * no path of its form does.
 */
async function newPathOf(
  document: DocumentText,
  { link, file }: ChangedLink,
  target: Uri,
  changes: readonly FileChange[],
  files: FileView,
): Promise<string | undefined> {
  const { uri, text, languageId } = document;
  const start = (base: Uri) => relativeStart({ base, text, languageId }).path;
  const place = { from: start(placeBefore(changes, uri)), to: start(uri) };
  const move = { from: pathLike(link, file), to: pathLike(link, target) };
  const paths = [link.path, ...movedPaths(link.path, languageId, place, move)];
  return pathTo(target, paths, (path) => fileAt(document, path, files));
}

/** Files that were moved. */
export interface Moves {
  /** The moves whose links are updated. */
  readonly changes: readonly FileChange[];
  /** Those of them whose links in Markdown VS Code updates itself. */
  readonly ofMarkdown: readonly FileChange[];
  /** These and all later changes, also those that happen while the user is asked. */
  readonly untilNow: () => readonly FileChange[];
}

/** What has to be done in a document after files were moved. */
export async function planUpdate(document: DocumentText, moves: Moves): Promise<DocumentUpdate> {
  const { readLinksToImages } = await import("../../core/links/reading/readImageLinks.ts");
  const { uri, text, languageId } = document;
  const all = moves.untilNow();
  const files = seenOnce(currentFiles);
  const paths: PathChange[] = [];
  const unreachable: TextRange[] = [];
  const { links, lost } = await changedLinks(document, readLinksToImages(text, languageId), all);
  let isSettled = !lost.some((place) => isChanged(moves.changes, place));
  for (const changed of links) {
    if (!isChanged(moves.changes, changed.file)) continue;
    const target = placeAfter(all, changed.file);
    const isOthers = isChanged(moves.ofMarkdown, changed.file) && isFoundByMarkdown(document, changed, all);
    if (target === undefined || isOthers) continue;
    if (!(await files.exists(target))) {
      isSettled = false;
      continue;
    }
    const path = await newPathOf(document, changed, target, all, files);
    if (path === undefined) unreachable.push(changed.link.pathRange);
    else if (path !== changed.link.path) paths.push({ link: changed.link, path });
  }
  const edits = rewriteLinks({ text, languageId, read: readLinksToImages }, paths);
  const edited = new Set(edits.map(({ start }) => start));
  const unwritable = paths.map(({ link }) => link.pathRange).filter(({ start }) => !edited.has(start));
  return { uri, edits, broken: locationsOf(document, [...unreachable, ...unwritable]), isSettled };
}
