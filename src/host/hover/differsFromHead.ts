import { extensions, type Uri } from "vscode";
import { isSameFile } from "../workspace/fileUri.ts";

interface GitChange {
  readonly uri: Uri;
  readonly status: number;
}

interface GitRepository {
  readonly state: { readonly indexChanges: readonly GitChange[]; readonly workingTreeChanges: readonly GitChange[] };
}

/** What VS Code's Git extension exports, as far as it is used here. Source: its `git.d.ts`. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: Uri): GitRepository | null };
}

/** `INDEX_MODIFIED`, `MODIFIED` and `TYPE_CHANGED`. Source: `Status` in the same file. */
const modifiedStatuses: readonly number[] = [0, 5, 11];

/**
 * Whether the last commit has the file, in another version. It reads what the Git extension knows
 * already, and starts nothing; `false` while that is not known.
 */
export function differsFromHead(uri: Uri): boolean {
  const git = extensions.getExtension<GitExtension>("vscode.git");
  const state = git?.isActive && git.exports.enabled ? git.exports.getAPI(1).getRepository(uri)?.state : undefined;
  const changes = [...(state?.indexChanges ?? []), ...(state?.workingTreeChanges ?? [])].filter((change) =>
    isSameFile(change.uri, uri),
  );
  return changes.length > 0 && changes.every(({ status }) => modifiedStatuses.includes(status));
}
