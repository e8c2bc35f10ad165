import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { modelOf } from "../../core/models/findModel.ts";
import { nearestSize } from "../../core/models/size.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import { ensureEngine } from "../connection/ensureEngine.ts";
import { buyRows } from "../missingImages/buyRows.ts";
import { chooseRows } from "../missingImages/chooseRows.ts";
import { collectRows, estimateOfRows, type ImageRow } from "../missingImages/imageRow.ts";
import { checkMissingTarget } from "../missingImages/missingTarget.ts";
import { itemsToMake, neededRows, type ReasonNotToMake } from "../missingImages/neededRows.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { targetAt } from "../workspace/saveLocation.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { isReadOnlyDraft } from "./draftPlace.ts";
import { type FoundDraft, findDrafts } from "./findDrafts.ts";
import { readDraftFile } from "./readDraftFile.ts";

/**
 * The row of a draft. Throws a `LimnError` if its model is unknown or its file cannot be written.
 */
async function rowOfDraft({ family }: Services, { uri, draft }: FoundDraft): Promise<ImageRow> {
  const location = await checkMissingTarget(uri);
  if (await isReadOnlyDraft(uri)) {
    throw new LimnError("files", l10n.t("{0} is read-only, so it cannot be replaced by a picture.", shownPath(uri)));
  }
  const model = modelOf(family, draft.model);
  // A size that the model does not make any more, or that a program has written there.
  const { width, height } = nearestSize(model, draft);
  return {
    file: uri,
    target: { ...targetAt(location, "all"), replacesDraft: true },
    format: location.format ?? draft.format,
    model,
    prompt: draft.prompt,
    size: { width, height },
  };
}

/** Why a draft is not rendered any more; `undefined` if it is still one. */
const reasonNotToRender: ReasonNotToMake = async ({ file }) =>
  (await readDraftFile(file)) === undefined
    ? l10n.t("{0} is no draft any more and was left as it is.", shownPath(file))
    : undefined;

/**
 * Lists drafts, asks which to render, and replaces them by pictures of the same path, size and
 * format. The arguments are those of a context menu; without any, the drafts of the workspace are
 * listed.
 */
export async function renderDrafts(services: Services, clicked?: unknown, selected?: unknown): Promise<void> {
  const places = urisFromArguments(clicked, selected);
  const found = await findDrafts(places);
  const { items: drafts, making } = await itemsToMake(services, found.drafts, ({ uri }) => uri);
  const { rows, problems } = await collectRows(drafts, (draft) => rowOfDraft(services, draft));
  const leftOut = [
    ...(making > 0 ? [l10n.t("being rendered: {0}", making)] : []),
    ...(problems.length > 0 ? [l10n.t("cannot be rendered: {0}", problems.length)] : []),
    ...found.leftOut,
  ];
  if (rows.length === 0) {
    const [problem] = problems;
    if (problem !== undefined) {
      throw problem;
    }
    const none = l10n.t("There is no draft to render");
    void notify(leftOut.length === 0 ? `${none}.` : `${none} (${leftOut.join("; ")}).`);
    return;
  }
  const { rows: chosen } = await chooseRows(rows, { kind: "draft", leftOut, showsDocument: false });
  await ensureEngine(services, estimateOfRows(chosen));
  const { needed, notes } = await neededRows(services, chosen, reasonNotToRender);
  if (needed.length === 0) {
    void notify(notes.join(" "));
    return;
  }
  await buyRows(services, { kind: "draft", rows: needed, reasonNotToMake: reasonNotToRender, notes });
}
