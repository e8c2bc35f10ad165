import { l10n, Uri, window } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { ensureEngine } from "../connection/ensureEngine.ts";
import { makeDrafts } from "../draftImages/makeDrafts.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { buyRows } from "./buyRows.ts";
import { chooseRows } from "./chooseRows.ts";
import { type FoundImages, findInFile, findInWorkspace } from "./findMissingImages.ts";
import { collectRows, estimateOfRows, rowOfMissing } from "./imageRow.ts";
import { itemsToMake, neededRows, type ReasonNotToMake } from "./neededRows.ts";

/** Why the image of a row is not needed any more; `undefined` if it is. */
export const reasonNotToMake: ReasonNotToMake = async ({ file }) =>
  (await uriExists(file)) ? l10n.t("{0} exists now and was not made.", shownPath(file)) : undefined;

/**
 * Lists missing images, asks which to make, and makes them, or drafts of them. `place` names where
 * they were looked for.
 */
async function generateAll(services: Services, found: FoundImages, place: string, showsDocument: boolean) {
  const { items: images, making } = await itemsToMake(services, found.images, ({ file }) => Uri.parse(file));
  const model = modelToBuyFrom(services.family);
  const { rows, problems } = await collectRows(images, (image) => rowOfMissing(services, model, image));
  const leftOut = [
    ...(making > 0 ? [l10n.t("being made or saved: {0}", making)] : []),
    ...(problems.length > 0 ? [l10n.t("cannot be saved: {0}", problems.length)] : []),
    ...found.leftOut,
  ];
  const [problem] = problems;
  if (rows.length === 0) {
    if (problem !== undefined) {
      throw problem;
    }
    const none = l10n.t("No PNG, JPEG or WebP image is missing in {0}", place);
    void notify(leftOut.length === 0 ? `${none}.` : `${none} (${leftOut.join("; ")}).`);
    return;
  }
  const { action, rows: chosen } = await chooseRows(rows, { kind: "missing", leftOut, showsDocument });
  if (action === "buy") {
    await ensureEngine(services, estimateOfRows(chosen));
  }
  const { needed, notes } = await neededRows(services, chosen, reasonNotToMake);
  if (needed.length === 0) {
    void notify(notes.join(" "));
    return;
  }
  await (action === "buy"
    ? buyRows(services, { kind: "missing", rows: needed, reasonNotToMake, notes })
    : makeDrafts(services, needed, notes));
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
