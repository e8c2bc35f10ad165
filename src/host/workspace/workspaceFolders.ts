import { l10n, type Uri, type WorkspaceFolder, workspace } from "vscode";
import { escapeInvisible } from "../../core/text/invisibleCharacters.ts";
import { uriKey } from "./fileUri.ts";
import { pathError } from "./pathError.ts";

type Root = Pick<WorkspaceFolder, "name" | "uri">;

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

const startsWith = (segments: readonly string[], prefix: readonly string[]): boolean =>
  prefix.length > 0 && prefix.every((segment, index) => segments[index] === segment);

/**
 * The last segments of a path: as few as make it differ from the paths of the other roots of that
 * name, and at least two.
 */
function distinctSuffix(root: Root, others: readonly Root[]): string {
  const ownSegments = segmentsOf(root.uri.path);
  const suffix = (segments: readonly string[], length: number) => segments.slice(-length).join("/");
  const lengths = ownSegments.map((_, index) => index + 1).slice(1);
  const length = lengths.find((count) =>
    others.every(({ uri }) => suffix(segmentsOf(uri.path), count) !== suffix(ownSegments, count)),
  );
  return suffix(ownSegments, length ?? ownSegments.length);
}

/** Whether a path that begins with the label of `one` could be taken for a file of `other`. */
function isAmbiguous([one, label]: readonly [Root, string], [other, otherLabel]: readonly [Root, string]): boolean {
  const [segments, prefix] = [segmentsOf(label), segmentsOf(otherLabel)];
  const rest = segments.slice(prefix.length);
  return (
    startsWith(segments, prefix) &&
    uriKey(one.uri) !== uriKey(other.uri.with({ path: [other.uri.path.replace(/\/$/, ""), ...rest].join("/") }))
  );
}

/**
 * A label for each workspace folder, different from all others: its name, or, where several have
 * one name, with as many of the folders above as tell them apart (`two/web`); a number where that
 * does not.
 */
function labelsOf(roots: readonly Root[]): readonly (readonly [Root, string])[] {
  const labelled = roots.map((root) => {
    const sameNameRoots = roots.filter((other) => other !== root && other.name === root.name);
    return [
      root,
      sameNameRoots.length === 0 && root.name !== "" ? root.name : distinctSuffix(root, sameNameRoots),
    ] as const;
  });
  return labelled.map((entry, index) => {
    const [root, label] = entry;
    const isTaken = labelled.some((other) => other !== entry && isAmbiguous(entry, other));
    return [root, isTaken && label !== root.name ? `${root.name} (${index + 1})` : label] as const;
  });
}

const allRoots = (): readonly WorkspaceFolder[] => workspace.workspaceFolders ?? [];

/** A path below a workspace folder, as `splitRoot` reads it again. */
export function labelledPath(folder: WorkspaceFolder, path: string): string {
  const roots = allRoots();
  const label = roots.length < 2 ? undefined : labelsOf(roots)[folder.index]?.[1];
  return escapeInvisible(label === undefined || path === "" ? (label ?? path) : `${label}/${path}`);
}

/**
 * A file's path as the user sees it: from the workspace folder on, with the folder's label where
 * there are several.
 */
export function shownPath(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri);
  return folder === undefined || allRoots().length < 2
    ? escapeInvisible(workspace.asRelativePath(uri, false))
    : labelledPath(folder, uri.path.slice(folder.uri.path.length).replace(/^\//, ""));
}

/** The workspace folder of a file or folder; the first one for all that lies in none. */
export const rootOf = (contextUri: Uri | undefined): WorkspaceFolder | undefined =>
  (contextUri === undefined ? undefined : workspace.getWorkspaceFolder(contextUri)) ?? allRoots()[0];

/**
 * The workspace folder that a path begins with, and the rest of the path. With several folders the
 * path may begin with the label or the name of one; if several have that name, the one of `home` is
 * meant.
 *
 * @param contextUri a file or folder whose workspace folder counts where none is named.
 * @throws LimnError of kind `files` if no folder is open, or if it cannot be told which of several
 * is meant.
 */
export function splitRoot(
  segments: readonly string[],
  contextUri: Uri | undefined,
): { root: Uri; rest: readonly string[] } {
  const defaultFolder = rootOf(contextUri);
  if (defaultFolder === undefined) {
    throw pathError(l10n.t("No folder is open, so a path says too little. Open a folder first."));
  }
  const labels = allRoots().length > 1 ? labelsOf(allRoots()) : [];
  const [labelled] = labels
    .map(([root, label]) => ({ root, label: segmentsOf(label.replaceAll("\\", "/")) }))
    .filter(({ label }) => startsWith(segments, label))
    .sort((one, other) => other.label.length - one.label.length);
  if (labelled !== undefined) {
    return { root: labelled.root.uri, rest: segments.slice(labelled.label.length) };
  }
  const [first = "", ...rest] = segments;
  const named = labels.filter(([root]) => root.name === first);
  if (named.length === 0) {
    return { root: defaultFolder.uri, rest: segments };
  }
  const isContextInWorkspace = contextUri !== undefined && workspace.getWorkspaceFolder(contextUri) !== undefined;
  if (isContextInWorkspace && named.some(([root]) => uriKey(root.uri) === uriKey(defaultFolder.uri))) {
    return { root: defaultFolder.uri, rest };
  }
  const choices = named.map(([, label]) => `“${label}”`).join(l10n.t(" or "));
  throw pathError(l10n.t("Several folders are called “{0}”. Begin the path with {1}.", first, choices));
}
