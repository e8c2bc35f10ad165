import { posix } from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { prefillTemplate } from "../../core/files/naming.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { extensionByFormat } from "../../core/pictures/pictureFormat.ts";
import type { FilesPort } from "../../core/ports.ts";
import { checkSaveLocation, nameParts, previewSavePath } from "../request/previewSavePath.ts";
import { parseSavePath, parseSaveUri, type SaveLocation } from "../workspace/saveLocation.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { askText, type ValidationMessage } from "./askText.ts";
import type { FlowDraft } from "./flowDraft.ts";
import type { Step, StepResult } from "./step.ts";

/** The suggested path: as typed before, or made from the template. */
function initialPath(draft: FlowDraft): string {
  const { path, template, format, folder } = draft;
  if (path !== undefined) {
    return path;
  }
  const name = `${prefillTemplate(template, nameParts(draft))}.${extensionByFormat[format]}`;
  return folder === undefined ? name : shownPath(Uri.joinPath(folder, name));
}

/** Why the location cannot be used, or the path that the picture will get. */
async function validateSaveLocation(
  saveLocation: SaveLocation,
  draft: FlowDraft,
  files: FilesPort,
  requiredFormat?: OutputFormat,
): Promise<ValidationMessage> {
  if (requiredFormat !== undefined && (saveLocation.format ?? requiredFormat) !== requiredFormat) {
    return {
      kind: "error",
      message: l10n.t("The picture is a .{0} file. Keep that extension.", extensionByFormat[requiredFormat]),
    };
  }
  const { path, error } = await previewSavePath(files, draft, saveLocation);
  if (error !== undefined) {
    return { kind: "error", message: error };
  }
  return {
    kind: "hint",
    message:
      draft.count === 1
        ? l10n.t("Will be saved as {0}", path)
        : l10n.t("The first you keep will be saved as {0}", path),
  };
}

/** Range of the file name without its extension, which the user most likely wants to change. */
function nameSelection(path: string): readonly [number, number] {
  const from = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  return [from, dot > from ? dot : path.length];
}

/**
 * Asks with VS Code's save dialog, which also reaches folders outside the workspace. Throws a
 * `LimnError` if nothing can be saved in the chosen folder.
 */
async function askSaveDialog(draft: FlowDraft, files: FilesPort): Promise<SaveLocation> {
  const name = `${prefillTemplate(draft.template, nameParts(draft))}.${extensionByFormat[draft.format]}`;
  const uri = await window.showSaveDialog({
    title: l10n.t("Where to Save"),
    saveLabel: l10n.t("Save Here"),
    filters: { [l10n.t("Pictures")]: Object.values(extensionByFormat) },
    ...(draft.folder === undefined ? {} : { defaultUri: Uri.joinPath(draft.folder, posix.basename(name)) }),
  });
  if (uri === undefined) {
    throw stoppedError();
  }
  const saveLocation = parseSaveUri(uri, draft.template);
  await checkSaveLocation(files, draft, saveLocation);
  return saveLocation;
}

const withSaveLocation = (
  draft: FlowDraft,
  saveLocation: SaveLocation,
  path: string | undefined,
): StepResult<FlowDraft> => ({
  value: { ...draft, path, saveLocation, format: saveLocation.format ?? draft.format },
});

/**
 * Asks for folder and name, with the save dialog if no folder is open. `requiredFormat` is the
 * format of an existing picture, whose file extension must match.
 */
export function savePathStep(files: FilesPort, requiredFormat?: OutputFormat): Step<FlowDraft> {
  return async (position, draft) => {
    if (workspace.workspaceFolders === undefined) {
      return withSaveLocation(draft, await askSaveDialog(draft, files), undefined);
    }
    const parse = (text: string) => parseSavePath(text, draft.template, draft.folder);
    const value = initialPath(draft);
    const answer = await askText(position, {
      prompt: l10n.t("Where to save. If the name is taken, a number is added."),
      placeholder: l10n.t("images/fox.png"),
      value,
      selection: nameSelection(value),
      browseTooltip: l10n.t("Choose in a Dialog…"),
      check: async (text) => {
        try {
          return await validateSaveLocation(parse(text), draft, files, requiredFormat);
        } catch (error) {
          return { kind: "error", message: error instanceof Error ? error.message : String(error) };
        }
      },
    });
    if (answer === "back") {
      return answer;
    }
    const { text, isBrowseRequested } = answer.value;
    return isBrowseRequested
      ? withSaveLocation(draft, await askSaveDialog(draft, files), undefined)
      : withSaveLocation(draft, parse(text), text);
  };
}
