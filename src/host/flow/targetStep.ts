import { l10n, Uri, window, workspace } from "vscode";
import { stopped } from "../../core/errors.ts";
import { freeName } from "../../core/keep.ts";
import type { Model } from "../../core/model.ts";
import { type NameParts, prefill, ratioOf } from "../../core/naming.ts";
import { extensionOf } from "../../core/picture.ts";
import type { FilesPort } from "../../core/ports.ts";
import { nearestSize, type Pixels, sizeOf } from "../../core/size.ts";
import { checkWritable, readPath, readUri, type Spot, shownPath } from "../places.ts";
import type { Draft } from "./draft.ts";
import { askText, type Remark } from "./text.ts";
import type { Step } from "./walk.ts";

/** The pixels that are to be expected: exact where a size was chosen, the nearest there is where it follows the reference. */
function expectedPixels(model: Model, { shape, loaded }: Draft): Pixels {
  if (typeof shape === "object" && "width" in shape) {
    return shape;
  }
  const [reference] = loaded.references;
  const tier = typeof shape === "object" ? shape.resolution : "1k";
  return nearestSize(model, reference?.pixels ?? { width: 1, height: 1 }, tier);
}

function nameParts(model: Model, draft: Draft): NameParts {
  const size = expectedPixels(model, draft);
  const ratio = ratioOf(sizeOf(model, size) ?? size);
  // Every picture has a UUID of its own; before it is made, zeros stand for it.
  return { prompt: draft.prompt, date: Date.now(), size, ratio, uuid: "00000000" };
}

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
async function remarkOn(spot: Spot, model: Model, draft: Draft, files: FilesPort): Promise<Remark> {
  const obstacle = await checkWritable(spot.folder);
  if (obstacle !== undefined) {
    return { kind: "error", message: obstacle };
  }
  const extension = extensionOf[spot.format ?? draft.format];
  const target = { folder: spot.folder.toString(), name: spot.name, keep: "ask" } as const;
  const name = await freeName({ files }, target, nameParts(model, draft), extension);
  const shown = shownPath(Uri.joinPath(spot.folder, name));
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

/** VS Code's own dialog, for folders outside the workspace and where none is open. */
async function askDialog(model: Model, draft: Draft): Promise<Spot> {
  const name = `${prefill(draft.template, nameParts(model, draft))}.${extensionOf[draft.format]}`;
  const uri = await window.showSaveDialog({
    title: l10n.t("Where to Save"),
    saveLabel: l10n.t("Save Here"),
    filters: { [l10n.t("Pictures")]: Object.values(extensionOf) },
    ...(draft.folder === undefined ? {} : { defaultUri: Uri.joinPath(draft.folder, name) }),
  });
  if (uri === undefined) {
    throw stopped();
  }
  return readUri(uri, draft.template);
}

const withSpot = (draft: Draft, spot: Spot, path: string | undefined) => ({
  value: { ...draft, path, spot, format: spot.format ?? draft.format },
});

/** Asks for folder and name. With no folder open, VS Code's save dialog does. */
export function targetStep(model: Model, files: FilesPort): Step<Draft> {
  return async (place, draft) => {
    if (workspace.workspaceFolders === undefined) {
      return withSpot(draft, await askDialog(model, draft), undefined);
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
          return await remarkOn(read(text), model, draft, files);
        } catch (error) {
          return { kind: "error", message: error instanceof Error ? error.message : String(error) };
        }
      },
    });
    if (answer === "back") {
      return answer;
    }
    const { text, browse } = answer.value;
    return browse ? withSpot(draft, await askDialog(model, draft), undefined) : withSpot(draft, read(text), text);
  };
}
