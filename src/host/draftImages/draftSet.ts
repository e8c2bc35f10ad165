import { l10n, type Uri, workspace } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import type { ImageServices } from "../export/exportImages.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { readDraftFile } from "./readDraftFile.ts";

/** What became of the files of a draft's target. */
export interface DraftSet {
  /** Says what was made, with the draft; absent if only the draft was. */
  readonly made?: string;
  /** Removes the files and the draft. Throws a `LimnError` if one has been changed since. */
  readonly undo?: () => Promise<void>;
  /** Why files were not written, as sentences. */
  readonly problems: readonly string[];
}

async function removeDraft(draft: Uri): Promise<void> {
  if ((await readDraftFile(draft)) === undefined) {
    throw new LimnError("files", l10n.t("{0} has been changed since, so it was left as it is.", shownPath(draft)));
  }
  await workspace.fs.delete(draft);
}

/**
 * Writes the files of a draft's target, as an export of a picture does, but never over the draft,
 * whose metadata would be lost. Cancel leaves the draft alone. Never rejects.
 */
export async function writeDraftSet(services: ImageServices, draft: Uri, target: string): Promise<DraftSet> {
  try {
    const { writeFor } = await import("../export/exportImages.ts");
    const exported = await writeFor(services, [draft], target, true);
    if (exported === undefined) {
      return { problems: [] };
    }
    exported.code?.dispose?.();
    const { files, undo } = exported.written;
    const [first] = files;
    const made =
      files.length === 1 && first !== undefined
        ? l10n.t("Made a free draft: {0}, and {1} made from it", shownPath(draft), shownPath(first.uri))
        : l10n.t("Made a free draft: {0}, and {1} files made from it", shownPath(draft), files.length);
    return {
      made,
      undo: async () => {
        await undo();
        await removeDraft(draft);
      },
      problems: [],
    };
  } catch (error) {
    return { problems: isStopped(error) ? [] : [errorMessage(error)] };
  }
}
