import { resolveFormat } from "../../../core/files/naming.ts";
import type { Model } from "../../../core/models/model.ts";
import type { Shape } from "../../../core/request/request.ts";
import type { DraftFields, SavePathPreview } from "../../../protocol.ts";
import { checkSaveLocation, type NamingInput } from "../../request/previewSavePath.ts";
import { propose } from "../../request/proposal.ts";
import type { LoadedReferences } from "../../request/references.ts";
import { formatOfSettings } from "../../request/requestDefaults.ts";
import { addFolderSettingsToErrors } from "../../request/settingErrors.ts";
import type { Services } from "../../services.ts";
import { setting } from "../../settings.ts";
import { type ActiveProject, findActiveProject } from "../../workspace/activeProject.ts";
import { parseSavePath, type SaveLocation } from "../../workspace/saveLocation.ts";
import { parsePathInFolder, pathInFolder } from "../../workspace/settingsPath.ts";
import { shownModelOf } from "./draftModel.ts";

/** How the place of a draft's pictures is found. */
interface DraftPlace {
  /**
   * Parses the path. `undefined` if no folder is open, since the user is asked for each picture
   * then.
   */
  readonly parse: () => SaveLocation | undefined;
  /** Whether the settings decide on the file name. */
  readonly isNameFromSettings: boolean;
  /** Whether nothing but the settings decides on the whole path. */
  readonly isPathFromSettings: boolean;
}

/** Where the draft's pictures will be kept: at its path, or where a new request proposes. */
export function placeOfDraft(
  { lastChoices }: Pick<Services, "lastChoices">,
  { path = "" }: DraftFields,
  project: ActiveProject | undefined,
): DraftPlace {
  const { folder } = propose(project, lastChoices.read());
  const isProposed = folder === undefined || path.trim() === "" || path === pathInFolder(folder);
  const scope = project?.root.uri;
  return {
    parse: () =>
      folder &&
      (isProposed ? parsePathInFolder(folder) : parseSavePath(path, setting("fileName", scope).trim(), scope)),
    isNameFromSettings: isProposed,
    isPathFromSettings: isProposed && folder?.isChosen !== true,
  };
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
  const format = resolveFormat(saveLocation.format, draft.format) ?? formatOfSettings(saveLocation.folder);
  return { model, prompt: draft.prompt ?? "", shape: shapeOf(draft), loaded, format };
}

/** Previews the path of the first picture, or says why the location cannot be used. */
export async function previewSavePathOfDraft(services: Services, draft: DraftFields): Promise<SavePathPreview> {
  const { family, ports, draftReferences } = services;
  const path = draft.path ?? "";
  try {
    const model = shownModelOf(family, draft);
    const place = placeOfDraft(services, draft, await findActiveProject());
    const named = await addFolderSettingsToErrors(place.isNameFromSettings, async () => {
      const saveLocation = place.parse();
      return (
        saveLocation && { saveLocation, input: namingInputOf(model, draft, draftReferences.current, saveLocation) }
      );
    });
    const savePath =
      named &&
      (await addFolderSettingsToErrors(place.isPathFromSettings, () =>
        checkSaveLocation(ports.files, named.input, named.saveLocation),
      ));
    return { path, savePath: savePath ?? "" };
  } catch (error) {
    return { path, savePath: "", error: error instanceof Error ? error.message : String(error) };
  }
}
