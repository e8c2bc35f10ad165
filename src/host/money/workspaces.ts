import { l10n, Uri, workspace } from "vscode";

/**
 * See `Ports.workspaceOf`: the workspace folder around the target's, or the first one where
 * pictures are not bound for any.
 */
export function workspaceOf(folder: string): string | undefined {
  const workspaceFolder = folder === "" ? undefined : workspace.getWorkspaceFolder(Uri.parse(folder));
  return (workspaceFolder ?? workspace.workspaceFolders?.[0])?.uri.toString();
}

/**
 * What stands for a workspace nobody wrote down: no folder was open, or the job is older than that.
 */
const unknownWorkspace = (): string => l10n.t("not known");

/** Where a workspace lies, as a person would write it. */
export function workspacePath(uri = ""): string {
  const parsed = Uri.parse(uri);
  return uri === "" ? unknownWorkspace() : parsed.scheme === "file" ? parsed.fsPath : parsed.toString(true);
}

/**
 * Names for workspaces: each one's folder, with the whole path where two folders are called alike.
 */
export function workspaceNames(uris: readonly string[]): (uri: string) => string {
  const nameOf = (uri: string) =>
    Uri.parse(uri)
      .path.split("/")
      .findLast((part) => part !== "") ?? uri;
  return (uri) => {
    const name = nameOf(uri);
    const isUnique = uris.every((other) => other === uri || nameOf(other) !== name);
    return uri === "" || !isUnique ? workspacePath(uri) : name;
  };
}
