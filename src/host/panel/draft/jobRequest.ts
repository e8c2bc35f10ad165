import { Uri, window, workspace } from "vscode";
import { parseTemplate, resolveFormat } from "../../../core/files/naming.ts";
import type { Job } from "../../../core/jobs/job.ts";
import { formatOfName } from "../../../core/pictures/pictureFormat.ts";
import type { JobRequest, Shape } from "../../../core/request/request.ts";
import { safetyChoiceOf } from "../../../core/request/safety.ts";
import { cleanPrompt } from "../../../core/text/promptText.ts";
import type { DraftFields, DraftView } from "../../../protocol.ts";
import { checkSaveLocation, type NamingInput } from "../../request/previewSavePath.ts";
import { type LoadedReferences, loadReferences, referenceSourceOf } from "../../request/references.ts";
import { requestDefaults, requestOptions, safetyField } from "../../request/requestDefaults.ts";
import { addFolderSettingsToErrors } from "../../request/settingErrors.ts";
import type { Services } from "../../services.ts";
import { setting } from "../../settings.ts";
import { parseSavePath, type SaveLocation } from "../../workspace/saveLocation.ts";
import { parseSettingsPath, settingsPath } from "../../workspace/settingsPath.ts";
import { rootOf } from "../../workspace/workspaceFolders.ts";

/** The file or folder whose settings and workspace folder count. */
const settingsScope = (): Uri | undefined =>
  window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;

/** What a draft begins with, as the settings say; no path with no folder open. */
export function draftDefaults(): DraftView["defaults"] {
  const document = settingsScope();
  const root = rootOf(document);
  const { format, quality } = requestDefaults(document);
  const path = root === undefined ? "" : settingsPath(root);
  return { format: formatOfName(path) ?? format, quality, path };
}

/** Whether the draft goes where the settings say. */
const isDefaultPath = ({ path = "" }: DraftFields): boolean => path.trim() === "" || path === draftDefaults().path;

/**
 * Where a draft's pictures are proposed to go; `undefined` with no folder open: then each is asked
 * about when it is kept.
 */
function saveLocationOf(draft: DraftFields): SaveLocation | undefined {
  const document = settingsScope();
  if (workspace.workspaceFolders === undefined) {
    return undefined;
  }
  return isDefaultPath(draft)
    ? parseSettingsPath(document)
    : parseSavePath(draft.path ?? "", setting("fileName", document).trim(), document);
}

/** A draft without a shape follows its reference. */
const shapeOf = ({ shape }: DraftFields): Shape => shape ?? "like-reference";

/** What a draft's file name depends on; throws a `LimnError` if the draft asks for two formats. */
function namingInputOf(draft: DraftFields, loaded: LoadedReferences, saveLocation: SaveLocation): NamingInput {
  const format = resolveFormat(saveLocation.format, draft.format) ?? requestDefaults(saveLocation.folder).format;
  return { prompt: draft.prompt ?? "", shape: shapeOf(draft), loaded, format };
}

/** What would come of the draft's path. */
export async function previewDraftPath(
  { model, ports, draftReferences: references }: Services,
  draft: DraftFields,
): Promise<NonNullable<DraftView["target"]>> {
  const path = draft.path ?? "";
  try {
    const shown = await addFolderSettingsToErrors(isDefaultPath(draft), async () => {
      const saveLocation = saveLocationOf(draft);
      return (
        saveLocation &&
        checkSaveLocation(model, ports.files, namingInputOf(draft, references.current, saveLocation), saveLocation)
      );
    });
    return { asked: path, shown: shown ?? "" };
  } catch (error) {
    return { asked: path, shown: "", error: error instanceof Error ? error.message : String(error) };
  }
}

/** An order whose pictures are picked from the sheet: nobody is asked about them. */
const sheetJobRequest = (
  request: JobRequest["request"],
  target: Pick<JobRequest["target"], "folder" | "name">,
): JobRequest => ({
  request,
  target: { ...target, keep: "ask" },
  settled: true,
});

/** With no folder open there is a name only. */
function fileNameFromSettings(scope: Uri | undefined): Pick<SaveLocation, "name" | "format"> {
  const { segments, format } = parseTemplate(setting("fileName", scope).trim());
  return { name: segments.join("/"), format };
}

/**
 * Makes an order of the draft and its references, as the flow would; throws a `LimnError` with the
 * field it is about.
 */
export async function jobRequestOfDraft(
  { model, ports }: Pick<Services, "model" | "ports">,
  draft: DraftFields,
  references: LoadedReferences | Promise<LoadedReferences>,
): Promise<JobRequest> {
  const {
    spot: saveLocation,
    name,
    format,
  } = await addFolderSettingsToErrors(isDefaultPath(draft), async () => {
    const proposed = saveLocationOf(draft);
    const named = proposed ?? fileNameFromSettings(settingsScope());
    return { spot: proposed, name: named.name, format: resolveFormat(named.format, draft.format) };
  });
  const loaded = await references;
  if (saveLocation !== undefined) {
    const input = namingInputOf(draft, loaded, saveLocation);
    await addFolderSettingsToErrors(isDefaultPath(draft), () =>
      checkSaveLocation(model, ports.files, input, saveLocation),
    );
  }
  const scope = saveLocation?.folder ?? settingsScope();
  const { quality, ttl, outputType, deliveryMethod } = draft;
  const { safety, ...options } = requestOptions(scope, { quality, ttl, outputType, deliveryMethod, format });
  return sheetJobRequest(
    {
      ...options,
      ...safetyField(draft.safety ?? safetyChoiceOf(safety)),
      prompt: cleanPrompt(draft.prompt ?? ""),
      references: loaded.references,
      shape: shapeOf(draft),
      count: draft.count ?? 1,
    },
    { folder: saveLocation?.folder.toString() ?? "", name },
  );
}

/**
 * The order a job was made from, with its reference images read anew; throws a `LimnError` that
 * names one that is gone.
 */
export async function jobRequestOfJob(services: Services, { request, target }: Job): Promise<JobRequest> {
  const { webhookURL, uploadEndpoint } = requestDefaults(settingsScope());
  const candidates = request.references.map(referenceSourceOf);
  const loaded = await loadReferences(candidates, services.imaging, services.model);
  const folder = Uri.parse(target.folder);
  // Pictures for a folder that is not open here are asked about when they are kept.
  if (workspace.getWorkspaceFolder(folder) !== undefined) {
    const saveLocation = { folder, name: target.name, format: request.format };
    await checkSaveLocation(services.model, services.ports.files, { ...request, loaded }, saveLocation);
  }
  const addresses = {
    ...(webhookURL === undefined ? {} : { webhookURL }),
    ...(uploadEndpoint === undefined ? {} : { uploadEndpoint }),
  };
  // A job of an earlier version may hold a check that switches itself off: it is not sent so again.
  const { safety, ...rest } = request;
  return sheetJobRequest(
    { ...rest, ...safetyField(safetyChoiceOf(safety)), references: loaded.references, ...addresses },
    target,
  );
}
