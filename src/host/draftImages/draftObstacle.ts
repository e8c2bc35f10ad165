import { type Uri, workspace } from "vscode";
import type { Reference } from "../../core/request/request.ts";
import { keptReferences } from "./keptReferences.ts";

/**
 * Why a draft image cannot keep what is requested; `undefined` if it can.
 *
 * @param folder where the draft is saved.
 */
export const draftObstacle = (references: readonly Reference[], folder: Uri): string | undefined =>
  keptReferences(references, workspace.getWorkspaceFolder(folder)?.uri ?? folder).obstacle;
