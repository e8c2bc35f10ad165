import { l10n, Uri, workspace } from "vscode";

/**
 * See `Ports.workspaceOf`: the workspace folder of the target, or the first one if the pictures
 * have no target.
 */
export function workspaceOf(folder: string): string | undefined {
  const workspaceFolder = folder === "" ? undefined : workspace.getWorkspaceFolder(Uri.parse(folder));
  return (workspaceFolder ?? workspace.workspaceFolders?.[0])?.uri.toString();
}

/** The name of an unknown workspace: no folder was open, or an early version wrote the job. */
const unknownWorkspace = (): string => l10n.t("not known");

/** The path of a workspace for display. */
export function workspacePath(uri = ""): string {
  const parsed = Uri.parse(uri);
  return uri === "" ? unknownWorkspace() : parsed.scheme === "file" ? parsed.fsPath : parsed.toString(true);
}

/** Names of workspaces: the folder name, or the whole path if two folders have the same name. */
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
