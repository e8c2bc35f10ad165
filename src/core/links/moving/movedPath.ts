import { relativePath } from "../relativePath.ts";

/** Where a file was and where it is now: absolute paths, slash-separated, without escapes. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * The path with another end, if it ends in all that differs between the two places: so it keeps its
 * form, whether it starts at the document, at the site's root or at an alias.
 */
function withNewEnd(path: string, { from, to }: Move): string | undefined {
  const [before, after, own] = [from.split("/"), to.split("/"), path.split("/")];
  const first = before.findIndex((part, index) => part !== after[index] || index === before.length - 1);
  const moved = before.slice(first);
  const start = own.length - moved.length;
  const names = start >= 0 && moved.every((part, index) => part === own[start + index]);
  return names ? [...own.slice(0, start), ...after.slice(first)].join("/") : undefined;
}

/** The relative path, with `./` if the old one started with a dot: some tools need it. */
function relativeLike(path: string, document: string, file: string): string {
  const relative = relativePath(document, file);
  return path.startsWith(".") && !relative.startsWith("../") ? `./${relative}` : relative;
}

/** Languages in which a relative path in a string is no path of the site. */
const isScript = (languageId: string): boolean => /^(?:java|type)script(?:react)?$/.test(languageId);

/**
 * Paths that may lead to a file after it or its document has moved, in the form of the old path if
 * possible; the best first. Without escapes, like `ImageLink.path`.
 *
 * @param document a file in the folder that relative paths of the link start in.
 */
export function movedPaths(path: string, languageId: string, document: Move, file: Move): readonly string[] {
  const relative = relativeLike(path, document.to, file.to);
  const end = document.from === document.to ? withNewEnd(path, file) : undefined;
  const isRelative = !/^[/@~#$]/.test(path);
  const isShortest = isRelative && path.replace(/^\.\//, "") === relativePath(document.from, file.from);
  const paths = isShortest ? [relative, end] : [end, isRelative || !isScript(languageId) ? relative : undefined];
  return [...new Set(paths.flatMap((one) => one ?? []))];
}
