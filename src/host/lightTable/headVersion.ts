import { type Event, extensions, l10n, type Uri, workspace } from "vscode";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type CompareSource, compareError } from "./compareSource.ts";

/** The part of the API of VS Code's Git extension that Limn uses. Source: its `git.d.ts`. */
interface GitApi {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: Event<GitApi["state"]>;
  getRepository(uri: Uri): object | null;
  /** Returns a URI that reads the file's bytes in a commit. */
  toGitUri(uri: Uri, ref: string): Uri;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Resolves with the API when it has searched for repositories. */
async function gitApi(): Promise<GitApi> {
  const git = await extensions.getExtension<GitExtension>("vscode.git")?.activate();
  if (git === undefined && !workspace.isTrusted) {
    throw compareError(l10n.t("This workspace is not trusted, so Git is off. Trust it to compare images with HEAD."));
  }
  if (git === undefined || !git.enabled) {
    throw compareError(
      l10n.t("VS Code's Git support is switched off. Turn on the setting “git.enabled” to compare with HEAD."),
    );
  }
  const api = git.getAPI(1);
  if (api.state === "uninitialized") {
    await new Promise<void>((resolve) => {
      const subscription = api.onDidChangeState(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
  return api;
}

/**
 * Returns the file as it is in the last commit.
 *
 * @throws LimnError of kind `files` if Git is off, or the file is in no repository or not in that
 * commit.
 */
export async function headVersion(uri: Uri): Promise<CompareSource> {
  const api = await gitApi();
  const path = shownPath(uri);
  if (api.getRepository(uri) === null) {
    throw compareError(
      l10n.t("{0} is not in a Git repository that is open in VS Code, so there is no HEAD to compare it with.", path),
    );
  }
  const head = api.toGitUri(uri, "HEAD");
  try {
    await workspace.fs.stat(head);
  } catch (error) {
    throw compareError(
      l10n.t("{0} is not in the last commit (HEAD), so there is nothing to compare it with. Commit it first.", path),
      error,
    );
  }
  return { uri: head, label: l10n.t("{0} (HEAD)", path) };
}
