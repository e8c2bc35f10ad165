import { join } from "node:path";
import { commands, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { addsHint } from "../../core/draftImages/addsHint.ts";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { sentPrompt } from "../../core/request/sentPrompt.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import type { ImageServices } from "../export/exportImages.ts";
import { promptProblem } from "../flow/promptProblem.ts";
import type { ImageRow } from "../imageRows/imageRow.ts";
import type { Services } from "../services.ts";
import { createFile } from "../storage/durableFile.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { notify, notifyWarning } from "../ui/notify.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { throwIfSymlinkEscapes } from "../workspace/symlinkEscape.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { writeDraftSet } from "./draftSet.ts";

/** A draft image, and where it is written. */
export interface DraftToMake extends Pick<ImageRow, "file" | "prompt" | "model" | "size" | "format"> {
  /** What it keeps of its references; see `keptReferences`. */
  readonly kept?: readonly string[];
  /** Id of its target; absent if it has none. */
  readonly exportTarget?: string | undefined;
  /** The sentence that the target adds to the prompt when it is sent. */
  readonly promptHint?: string | undefined;
}

/** Inserts links to drafts into the document that they were made for, once. */
export interface DraftLink {
  insert(files: readonly Uri[]): Promise<void>;
  /** Called when the message about the drafts is closed. */
  dispose(): void;
}

/** Creates a file; `false`, without any change, if the name is taken. */
async function createNew(uri: Uri, bytes: Uint8Array): Promise<boolean> {
  if (uri.scheme === "file") {
    return createFile(uri.fsPath, bytes);
  }
  if (await uriExists(uri)) {
    return false;
  }
  await workspace.fs.writeFile(uri, bytes);
  return true;
}

/** Creates the file of a draft. Throws a `LimnError` if it exists or cannot be written. */
async function createDraftFile(uri: Uri, bytes: Uint8Array): Promise<void> {
  // Before the folder, which would be created on the other side of a link.
  await throwIfSymlinkEscapes(uri);
  let isCreated: boolean;
  try {
    await workspace.fs.createDirectory(Uri.joinPath(uri, ".."));
    isCreated = await createNew(uri, bytes);
  } catch (cause) {
    throw new LimnError("files", l10n.t("{0} could not be written. {1}", shownPath(uri), describeDiskError(cause)), {
      cause,
    });
  }
  if (!isCreated) {
    throw new LimnError("files", l10n.t("{0} exists now and was not made.", shownPath(uri)));
  }
}

/** Draws the drafts one after the other; returns those that were made, and why others were not. */
function drawAll({ imaging, dist }: Pick<Services, "imaging" | "dist">, rows: readonly DraftToMake[]) {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t("Limn: Making drafts"),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    const [{ createDraftPainter }, { markAsDraft }] = await Promise.all([
      import("../../sandbox/sandbox.ts"),
      import("../../imaging/draftFile.ts"),
    ]);
    const paint = await createDraftPainter(imaging, join(dist.fsPath, "fonts"));
    const made: DraftToMake[] = [];
    const errors: unknown[] = [];
    for (const row of rows) {
      const { file, prompt, model, size, format, kept = [], exportTarget, promptHint } = row;
      if (token.isCancellationRequested) break;
      progress.report({ message: escapeMarkup(shownPath(file)), increment: 100 / rows.length });
      try {
        const problem = promptProblem(sentPrompt({ prompt, promptHint }), model);
        if (problem !== undefined) throw new LimnError("input", problem);
        const picture = await paint({ prompt, format, width: size.width, height: size.height });
        const references = kept.length === 0 ? undefined : kept;
        const forTarget = { target: exportTarget, hint: promptHint === undefined ? undefined : addsHint };
        await createDraftFile(file, markAsDraft(picture, { prompt, model: model.id, references, ...forTarget }));
        made.push(row);
      } catch (error) {
        errors.push(error);
      }
    }
    return { made, errors };
  });
}

/**
 * Makes free drafts of the images of the rows, on this computer and without a request. If some
 * fail, the others are made all the same. Throws the first error if none is made; of kind `stopped`
 * if the user cancels before. Returns the files. A draft with a target is made alone, and the files
 * of its target are written too.
 *
 * @param notes sentences that the message ends with.
 * @param link what inserts links to the drafts, if the message offers that.
 */
export async function makeDrafts(
  services: ImageServices,
  rows: readonly DraftToMake[],
  notes: readonly string[],
  link?: DraftLink,
): Promise<readonly Uri[]> {
  const { made, errors } = await drawAll(services, rows);
  const [first] = made;
  if (first === undefined) {
    throw errors[0] ?? stoppedError();
  }
  const files = made.map(({ file }) => file);
  const { file, exportTarget } = first;
  const set = exportTarget === undefined ? undefined : await writeDraftSet(services, file, exportTarget);
  const sentence =
    rows.length === 1
      ? (set?.made ?? l10n.t("Made a free draft: {0}", shownPath(file)))
      : l10n.t("Made {0} of {1} free drafts", files.length, rows.length);
  const render = {
    label: rows.length === 1 ? l10n.t("Render Draft…") : l10n.t("Render Drafts…"),
    run: () => commands.executeCommand("limn.renderDrafts", file, files),
  };
  const insert = link && { label: l10n.t("Insert Link"), run: () => link.insert(files) };
  const undo = set?.undo && { label: l10n.t("Undo"), run: set.undo };
  const actions = [insert, render, undo].filter((action) => action !== undefined);
  const problems = [...errors.slice(0, 1).map(errorMessage), ...(set?.problems ?? []), ...notes];
  // Not awaited: the message may stay open for hours.
  void (
    problems.length === 0
      ? notify(sentence, ...actions)
      : notifyWarning(joinSentences(`${sentence}.`, ...problems), ...actions)
  ).finally(() => link?.dispose());
  return files;
}
