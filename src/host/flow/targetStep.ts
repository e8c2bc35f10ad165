import { posix } from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import { stopped } from "../../core/errors.ts";
import type { Model, OutputFormat } from "../../core/model.ts";
import { prefill } from "../../core/naming.ts";
import { extensionOf } from "../../core/picture.ts";
import type { FilesPort } from "../../core/ports.ts";
import { readPath, readUri, type Spot, shownPath } from "../places.ts";
import { checkSpot, foresee, nameParts } from "../target.ts";
import type { Draft } from "./draft.ts";
import { askText, type Remark } from "./text.ts";
import type { Step } from "./walk.ts";

/** The path that is shown first: as typed before, or the template filled in. */
function shownFirst(model: Model, draft: Draft): string {
  const { path, template, format, folder } = draft;
  if (path !== undefined) {
    return path;
  }
  const name = `${prefill(template, nameParts(model, draft))}.${extensionOf[format]}`;
  return folder === undefined ? name : shownPath(Uri.joinPath(folder, name));
}

/** Why a spot cannot be used, or under what name the picture will be saved. */
async function remarkOn(
  spot: Spot,
  model: Model,
  draft: Draft,
  files: FilesPort,
  only?: OutputFormat,
): Promise<Remark> {
  if (only !== undefined && (spot.format ?? only) !== only) {
    return { kind: "error", message: l10n.t("The picture is a .{0} file. Keep that extension.", extensionOf[only]) };
  }
  const { shown, error } = await foresee(model, files, draft, spot);
  if (error !== undefined) {
    return { kind: "error", message: error };
  }
  return {
    kind: "hint",
    message:
      draft.count === 1
        ? l10n.t("Will be saved as {0}", shown)
        : l10n.t("The first you keep will be saved as {0}", shown),
  };
}

/** Part of the path that is the file's name without its extension: what a person most likely wants to change. */
function nameSelection(path: string): readonly [number, number] {
  const from = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  return [from, dot > from ? dot : path.length];
}

/** VS Code's own dialog, for folders outside the workspace and where none is open. Throws a `LimnError` if nothing can be saved there. */
async function askDialog(model: Model, draft: Draft, files: FilesPort): Promise<Spot> {
  const name = `${prefill(draft.template, nameParts(model, draft))}.${extensionOf[draft.format]}`;
  const uri = await window.showSaveDialog({
    title: l10n.t("Where to Save"),
    saveLabel: l10n.t("Save Here"),
    filters: { [l10n.t("Pictures")]: Object.values(extensionOf) },
    ...(draft.folder === undefined ? {} : { defaultUri: Uri.joinPath(draft.folder, posix.basename(name)) }),
  });
  if (uri === undefined) {
    throw stopped();
  }
  const spot = readUri(uri, draft.template);
  await checkSpot(model, files, draft, spot);
  return spot;
}

const withSpot = (draft: Draft, spot: Spot, path: string | undefined) => ({
  value: { ...draft, path, spot, format: spot.format ?? draft.format },
});

/**
 * Asks for folder and name. With no folder open, VS Code's save dialog does. `only` is the format of a picture that is made already: a
 * file must not be called what it is not.
 */
export function targetStep(model: Model, files: FilesPort, only?: OutputFormat): Step<Draft> {
  return async (place, draft) => {
    if (workspace.workspaceFolders === undefined) {
      return withSpot(draft, await askDialog(model, draft, files), undefined);
    }
    const read = (text: string) => readPath(text, draft.template, draft.folder);
    const value = shownFirst(model, draft);
    const answer = await askText(place, {
      prompt: l10n.t("Where to save. Nothing is overwritten: a taken name is counted up."),
      placeholder: l10n.t("images/fox.png"),
      value,
      selection: nameSelection(value),
      browse: l10n.t("Choose in a Dialog…"),
      check: async (text) => {
        try {
          return await remarkOn(read(text), model, draft, files, only);
        } catch (error) {
          return { kind: "error", message: error instanceof Error ? error.message : String(error) };
        }
      },
    });
    if (answer === "back") {
      return answer;
    }
    const { text, browse } = answer.value;
    return browse
      ? withSpot(draft, await askDialog(model, draft, files), undefined)
      : withSpot(draft, read(text), text);
  };
}
