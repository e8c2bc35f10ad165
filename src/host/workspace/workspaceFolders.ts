import { l10n, type Uri, type WorkspaceFolder, workspace } from "vscode";
import { escapeInvisible } from "../../core/text/invisibleCharacters.ts";
import { orList } from "../ui/lists.ts";
import { uriKey } from "./fileUri.ts";
import { pathError } from "./pathError.ts";

type Root = Pick<WorkspaceFolder, "name" | "uri">;

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

const startsWith = (segments: readonly string[], prefix: readonly string[]): boolean =>
  prefix.length > 0 && prefix.every((segment, index) => segments[index] === segment);

/**
 * The last segments of a path: at least two, and as many as distinguish it from other folders of
 * the same name.
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

/** Whether a path that begins with the label of `one` could also be a file of `other`. */
function isAmbiguous([one, label]: readonly [Root, string], [other, otherLabel]: readonly [Root, string]): boolean {
  const [segments, prefix] = [segmentsOf(label), segmentsOf(otherLabel)];
  const rest = segments.slice(prefix.length);
  return (
    startsWith(segments, prefix) &&
    uriKey(one.uri) !== uriKey(other.uri.with({ path: [other.uri.path.replace(/\/$/, ""), ...rest].join("/") }))
  );
}

/**
 * A unique label for each workspace folder: its name, or, if several have that name, with parent
 * folders (`two/web`); with a number if that is not enough.
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

/** A path below a workspace folder, in a form that `splitRoot` can parse. */
export function labelledPath(folder: WorkspaceFolder, path: string): string {
  const roots = allRoots();
  const label = roots.length < 2 ? undefined : labelsOf(roots)[folder.index]?.[1];
  return escapeInvisible(label === undefined || path === "" ? (label ?? path) : `${label}/${path}`);
}

/**
 * A file's path for display: relative to the workspace folder, with the folder's label if there are
 * several. Of the workspace folder itself, its name.
 */
export function shownPath(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder !== undefined && allRoots().length > 1) {
    return labelledPath(folder, uri.path.slice(folder.uri.path.length).replace(/^\//, ""));
  }
  // VS Code knows no relative path of the folder itself and returns the absolute one.
  const isFolder = folder?.uri.toString() === uri.toString();
  return escapeInvisible(isFolder ? folder.name : workspace.asRelativePath(uri, false));
}

/** The workspace folder of a file or folder; the first one if it is in none. */
export const rootOf = (contextUri: Uri | undefined): WorkspaceFolder | undefined =>
  (contextUri === undefined ? undefined : workspace.getWorkspaceFolder(contextUri)) ?? allRoots()[0];

/**
 * Splits a path into its workspace folder and the rest. With several folders, the path may begin
 * with the label or the name of one. If several have that name, the folder of `contextUri` is used.
 *
 * @param contextUri a file or folder whose workspace folder is used if the path names none.
 * @throws LimnError of kind `files` if no folder is open, or if several folders match.
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
  const choices = orList(named.map(([, label]) => `“${label}”`));
  throw pathError(l10n.t("Several folders are called “{0}”. Begin the path with {1}.", first, choices));
}
