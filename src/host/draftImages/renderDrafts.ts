import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { modelOf } from "../../core/models/findModel.ts";
import { nearestSize } from "../../core/models/size.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import { checkFileTarget } from "../imageRows/fileTarget.ts";
import type { ImageRow } from "../imageRows/imageRow.ts";
import { makeFromList } from "../imageRows/makeFromList.ts";
import type { ReasonNotToMake } from "../jobs/neededItems.ts";
import type { Services } from "../services.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { targetAt } from "../workspace/saveLocation.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { isReadOnlyDraft } from "./draftPlace.ts";
import { type FoundDraft, findDrafts } from "./findDrafts.ts";
import { readDraftFile } from "./readDraftFile.ts";

async function referencesOf(kept: readonly string[], folder: Uri) {
  const { keptReference } = await import("./draftCommands.ts");
  const references = kept.map((one) => keptReference(one, folder));
  for (const reference of references) {
    if (!("image" in reference) && !(await uriExists(reference.uri))) {
      throw new LimnError(
        "reference",
        l10n.t("{0}, a reference image of a draft, is not there any more.", shownPath(reference.uri)),
      );
    }
  }
  return references;
}

/**
 * The row of a draft. Throws a `LimnError` if its model is unknown or its file cannot be written.
 */
async function rowOfDraft(services: Services, { uri, draft }: FoundDraft): Promise<ImageRow> {
  const location = await checkFileTarget(uri);
  if (await isReadOnlyDraft(uri)) {
    throw new LimnError("files", l10n.t("{0} is read-only, so it cannot be replaced by a picture.", shownPath(uri)));
  }
  const model = modelOf(services.family, draft.model);
  // A size that the model does not make any more, or that a program has written there.
  const { width, height } = nearestSize(model, draft);
  const { references: kept = [], target } = draft;
  // Most drafts have none.
  const references = kept.length === 0 ? [] : await referencesOf(kept, location.root.uri);
  const forTarget =
    target === undefined
      ? undefined
      : await (await import("../targets/pictureTargets.ts")).rowTarget(services, uri, draft, target);
  return {
    file: uri,
    target: { ...targetAt(location, "all"), replacesDraft: true },
    format: location.format ?? draft.format,
    model,
    prompt: draft.prompt,
    size: { width, height },
    references,
    ...(forTarget === undefined ? {} : { forTarget }),
  };
}

/** Why a draft is not rendered any more; `undefined` if it is still one. */
const reasonNotToRender: ReasonNotToMake<ImageRow> = async ({ file }) =>
  (await readDraftFile(file)) === undefined
    ? l10n.t("{0} is no draft any more and was left as it is.", shownPath(file))
    : undefined;

/**
 * Lists drafts, asks which to render, and replaces them by pictures of the same path, size and
 * format. The arguments are those of a context menu; without any, the drafts of the workspace are
 * listed.
 */
export async function renderDrafts(services: Services, clicked?: unknown, selected?: unknown): Promise<void> {
  const { drafts, leftOut } = await findDrafts(urisFromArguments(clicked, selected));
  const recording = services.replacedImages.recordDrafts();
  try {
    await makeFromList(services, {
      kind: "draft",
      items: drafts,
      leftOut,
      nothing: l10n.t("There is no draft to render"),
      showsDocument: false,
      fileOf: ({ uri }) => uri,
      toRow: (draft) => rowOfDraft(services, draft),
      reasonNotToMake: reasonNotToRender,
      undo: (files) => recording.undo(files),
    });
  } finally {
    recording.dispose();
  }
}
