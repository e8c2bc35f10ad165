import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { type LoadedReference, loadRemoteReference, type ReferenceFile } from "../request/references.ts";

/** The names of a path that `keptReferences` has written; `undefined` if it cannot have. */
function namesOf(kept: string): readonly string[] | undefined {
  try {
    const names = kept.split("/").map(decodeURIComponent);
    return names.every((name) => name !== "" && !/^\.{1,2}$|[/\\\0]/.test(name)) ? names : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A reference that a draft image has kept; its file need not exist. Throws a `LimnError` if it can
 * lead out of the workspace folder: a repository may contain any draft.
 */
export function keptReference(kept: string, folder: Uri): ReferenceFile | LoadedReference {
  const remote = loadRemoteReference(kept);
  const names = namesOf(kept);
  if (remote === undefined && names === undefined) {
    throw new LimnError(
      "reference",
      l10n.t("A reference image of the draft is not in the workspace folder: {0}", kept),
    );
  }
  return remote ?? { uri: Uri.joinPath(folder, ...(names ?? [])) };
}
