import { l10n, Uri, window } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { makeFromList } from "../imageRows/makeFromList.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type FoundImages, findInFile, findInWorkspace } from "./findMissingImages.ts";
import { reasonNotToMake, rowOfMissing } from "./missingRow.ts";

/**
 * Lists missing images, asks which to make, and makes them, or drafts of them. `place` names where
 * they were looked for.
 */
function generateAll(services: Services, { images, leftOut }: FoundImages, place: string, showsDocument: boolean) {
  const model = modelToBuyFrom(services.family);
  return makeFromList(services, {
    kind: "missing",
    items: images,
    leftOut,
    nothing: l10n.t("No PNG, JPEG or WebP image is missing in {0}", place),
    showsDocument,
    fileOf: ({ file }) => Uri.parse(file),
    toRow: (image) => rowOfMissing(services, model, image),
    reasonNotToMake,
    makeDrafts: async (rows, notes) =>
      (await import("../draftImages/draftCommands.ts")).makeDrafts(services, rows, notes),
  });
}

/** Makes the images that the document in front links to and that do not exist. */
export async function generateAllMissingInFile(services: Services): Promise<void> {
  const file = window.activeNotebookEditor?.notebook ?? window.activeTextEditor?.document;
  if (file === undefined) {
    throw new LimnError(
      "input",
      l10n.t("No document is open. Open one that links to images, then run the command again."),
    );
  }
  await generateAll(services, await findInFile(file), shownPath(file.uri), false);
}

/** Makes the images that documents of the workspace link to and that do not exist. */
export const generateAllMissingInWorkspace = async (services: Services): Promise<void> =>
  generateAll(services, await findInWorkspace(), l10n.t("the workspace"), true);
