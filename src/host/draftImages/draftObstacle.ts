import { l10n } from "vscode";

/** Why a draft image cannot keep what is requested; `undefined` if it can. */
export function draftObstacle(referenceCount: number, exportTarget: unknown): string | undefined {
  if (referenceCount > 0) {
    return l10n.t("A draft cannot keep reference images. Remove them, or generate the picture.");
  }
  return exportTarget === undefined
    ? undefined
    : l10n.t(
        "A draft cannot keep what the picture is for, since that makes other files of it. Choose a size, or generate the picture.",
      );
}
