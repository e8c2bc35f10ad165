import { posix } from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { prefillTemplate } from "../../core/files/naming.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { extensionByFormat } from "../../core/pictures/pictureFormat.ts";
import type { FilesPort } from "../../core/ports.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { draftObstacle } from "../draftImages/draftObstacle.ts";
import { checkSaveLocation, nameParts, previewSavePath } from "../request/previewSavePath.ts";
import { notify } from "../ui/notify.ts";
import { parseSavePath, parseSaveUri, type SaveLocation } from "../workspace/saveLocation.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { askText, type ValidationMessage } from "./askText.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { priceOfDraft, purchaseText, resultText } from "./purchaseText.ts";
import { iconButton, type Step, type StepResult } from "./step.ts";

/** What a path is asked for. */
type SavePathPurpose =
  /** What the draft says, as soon as the step is answered. */
  | { readonly kind: "make" }
  /** A picture that exists. The extension must be that of its format. */
  | { readonly kind: "keep"; readonly format: OutputFormat };

/** What Enter makes, as sentences. */
const enterTexts = (draft: FlowDraft, { kind }: SavePathPurpose): readonly string[] =>
  kind === "make" ? [resultText(draft)] : [];

/** The suggested path: as typed before, or made from the template. */
function initialPath(draft: FlowDraft): string {
  const { path, template, format, folder } = draft;
  if (path !== undefined) {
    return path;
  }
  const name = `${prefillTemplate(template, nameParts(draft))}.${extensionByFormat[format]}`;
  return folder === undefined ? name : shownPath(Uri.joinPath(folder, name));
}

/**
 * Why the location cannot be used, or what Enter makes and the path of the first picture. While
 * this is shown, VS Code does not show the step's own text.
 */
async function validateSaveLocation(
  saveLocation: SaveLocation,
  draft: FlowDraft,
  files: FilesPort,
  purpose: SavePathPurpose,
): Promise<ValidationMessage> {
  if (purpose.kind === "keep" && (saveLocation.format ?? purpose.format) !== purpose.format) {
    return {
      kind: "error",
      message: l10n.t("The picture is a .{0} file. Keep that extension.", extensionByFormat[purpose.format]),
    };
  }
  const { path, error } = await previewSavePath(files, draft, saveLocation);
  if (error !== undefined) {
    return { kind: "error", message: error };
  }
  const savedAs =
    draft.count === 1 ? l10n.t("Will be saved as {0}", path) : l10n.t("The first you keep will be saved as {0}", path);
  return { kind: "hint", message: joinSentences(...enterTexts(draft, purpose), savedAs) };
}

/** Range of the file name without its extension, which the user most likely wants to change. */
function nameSelection(path: string): readonly [number, number] {
  const from = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  return [from, dot > from ? dot : path.length];
}

/**
 * Asks with VS Code's save dialog, which also reaches folders outside the workspace; `undefined` if
 * the user closes it. Throws a `LimnError` if nothing can be saved in the chosen folder.
 */
async function askSaveDialog(
  draft: FlowDraft,
  files: FilesPort,
  purpose: SavePathPurpose,
): Promise<SaveLocation | undefined> {
  const name = `${prefillTemplate(draft.template, nameParts(draft))}.${extensionByFormat[draft.format]}`;
  // The button may buy. VS Code's own dialog shows only the title, that of macOS only the label.
  const texts =
    purpose.kind === "make" && draft.makes === "picture"
      ? {
          title: l10n.t("Where to Save · {0}", purchaseText(draft)),
          saveLabel: l10n.t("Generate ({0})", priceOfDraft(draft)),
        }
      : { title: l10n.t("Where to Save"), saveLabel: l10n.t("Save Here") };
  const uri = await window.showSaveDialog({
    ...texts,
    filters: { [l10n.t("Pictures")]: Object.values(extensionByFormat) },
    ...(draft.folder === undefined ? {} : { defaultUri: Uri.joinPath(draft.folder, posix.basename(name)) }),
  });
  if (uri === undefined) {
    return undefined;
  }
  const saveLocation = parseSaveUri(uri, draft.template);
  await checkSaveLocation(files, draft, saveLocation);
  return saveLocation;
}

/** The draft with the typed location, where the dialog starts; as it was if that is none. */
function draftAt(draft: FlowDraft, parse: () => SaveLocation): FlowDraft {
  try {
    const { folder, name, format = draft.format } = parse();
    return { ...draft, folder, template: name, format };
  } catch {
    return draft;
  }
}

const withSaveLocation = (
  draft: FlowDraft,
  saveLocation: SaveLocation,
  path: string | undefined,
): StepResult<FlowDraft> => ({
  value: { ...draft, path, saveLocation, format: saveLocation.format ?? draft.format },
});

/**
 * Asks for folder and name, with the save dialog if no folder is open. A dialog that is closed
 * returns to the step, with what was typed. Rejects with kind `stopped` if there is no step to
 * return to.
 */
export function savePathStep(files: FilesPort, purpose: SavePathPurpose): Step<FlowDraft> {
  return async (position, draft) => {
    if (workspace.workspaceFolders === undefined) {
      const chosen = await askSaveDialog(draft, files, purpose);
      if (chosen === undefined) {
        throw stoppedError();
      }
      return withSaveLocation(draft, chosen, undefined);
    }
    const parse = (text: string) => parseSavePath(text, draft.template, draft.folder);
    const check = async (text: string): Promise<ValidationMessage> => {
      try {
        return await validateSaveLocation(parse(text), draft, files, purpose);
      } catch (error) {
        return { kind: "error", message: error instanceof Error ? error.message : String(error) };
      }
    };
    const browse = iconButton("folder-opened", l10n.t("Choose in a Dialog…"));
    const makeDraft = iconButton("file-media", l10n.t("Make a Free Draft Instead"));
    const explanation = l10n.t("Where to save. If the name is taken, a number is added.");
    for (let value = initialPath(draft); ; ) {
      const answer = await askText(position, {
        prompt: joinSentences(...enterTexts(draft, purpose), explanation),
        placeholder: l10n.t("images/fox.png"),
        value,
        selection: nameSelection(value),
        buttons: purpose.kind === "make" && draft.makes === "picture" ? [browse, makeDraft] : [browse],
        check,
      });
      if (answer === "back") {
        return answer;
      }
      const { text, button } = answer.value;
      value = text;
      if (button === makeDraft) {
        if ((await check(text)).kind === "error") {
          continue;
        }
        const saveLocation = parse(text);
        const obstacle = draftObstacle(draft.loaded.references, saveLocation.folder);
        if (obstacle !== undefined) {
          void notify(obstacle);
          continue;
        }
        return withSaveLocation({ ...draft, makes: "draft" }, saveLocation, text);
      }
      if (button === undefined) {
        return withSaveLocation(draft, parse(text), text);
      }
      const chosen = await askSaveDialog(
        draftAt(draft, () => parse(text)),
        files,
        purpose,
      );
      if (chosen !== undefined) {
        return withSaveLocation(draft, chosen, undefined);
      }
    }
  };
}
