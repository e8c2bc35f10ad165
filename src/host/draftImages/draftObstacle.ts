import { l10n, type Uri, workspace } from "vscode";
import type { Reference } from "../../core/request/request.ts";
import { keptReferences } from "./keptReferences.ts";

/**
 * Why a draft image cannot keep what is requested; `undefined` if it can.
 *
 * @param folder where the draft is saved.
 */
export const draftObstacle = (
  references: readonly Reference[],
  exportTarget: unknown,
  folder: Uri,
): string | undefined =>
  exportTarget === undefined
    ? keptReferences(references, workspace.getWorkspaceFolder(folder)?.uri ?? folder).obstacle
    : l10n.t(
        "A draft cannot keep what the picture is for, since that makes other files of it. Choose a size, or generate the picture.",
      );
