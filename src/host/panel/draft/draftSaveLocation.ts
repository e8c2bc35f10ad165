import { workspace } from "vscode";
import { resolveFormat } from "../../../core/files/naming.ts";
import type { Model } from "../../../core/models/model.ts";
import type { Shape } from "../../../core/request/request.ts";
import type { DraftFields, SavePathPreview } from "../../../protocol.ts";
import { checkSaveLocation, type NamingInput } from "../../request/previewSavePath.ts";
import type { LoadedReferences } from "../../request/references.ts";
import { requestDefaults } from "../../request/requestDefaults.ts";
import { addFolderSettingsToErrors } from "../../request/settingErrors.ts";
import type { Services } from "../../services.ts";
import { setting } from "../../settings.ts";
import { parseSavePath, type SaveLocation } from "../../workspace/saveLocation.ts";
import { parseSettingsPath } from "../../workspace/settingsPath.ts";
import { draftDefaults, settingsScope } from "./draftDefaults.ts";
import { shownModelOf } from "./draftModel.ts";

/** Whether the draft is saved where the settings say. */
export const isDefaultPath = ({ path = "" }: DraftFields): boolean =>
  path.trim() === "" || path === draftDefaults().path;

/**
 * Where the draft's pictures will be kept; `undefined` if no folder is open, since the user is
 * asked for each picture then.
 */
export function saveLocationOf(draft: DraftFields): SaveLocation | undefined {
  const scope = settingsScope();
  if (workspace.workspaceFolders === undefined) {
    return undefined;
  }
  return isDefaultPath(draft)
    ? parseSettingsPath(scope)
    : parseSavePath(draft.path ?? "", setting("fileName", scope).trim(), scope);
}

/** The shape of a draft; without one, Runware decides from the references. */
export const shapeOf = ({ shape }: DraftFields): Shape => shape ?? "like-reference";

/** What the file name depends on; throws a `LimnError` if the draft asks for two formats. */
export function namingInputOf(
  model: Model,
  draft: DraftFields,
  loaded: LoadedReferences,
  saveLocation: SaveLocation,
): NamingInput {
  const format = resolveFormat(saveLocation.format, draft.format) ?? requestDefaults(saveLocation.folder).format;
  return { model, prompt: draft.prompt ?? "", shape: shapeOf(draft), loaded, format };
}

/** Previews the path of the first picture, or says why the location cannot be used. */
export async function previewSavePathOfDraft(
  { family, ports, draftReferences }: Services,
  draft: DraftFields,
): Promise<SavePathPreview> {
  const path = draft.path ?? "";
  try {
    const model = shownModelOf(family, draft);
    const savePath = await addFolderSettingsToErrors(isDefaultPath(draft), async () => {
      const saveLocation = saveLocationOf(draft);
      return (
        saveLocation &&
        checkSaveLocation(ports.files, namingInputOf(model, draft, draftReferences.current, saveLocation), saveLocation)
      );
    });
    return { path, savePath: savePath ?? "" };
  } catch (error) {
    return { path, savePath: "", error: error instanceof Error ? error.message : String(error) };
  }
}
