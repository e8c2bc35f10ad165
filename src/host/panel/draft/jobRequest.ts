import { l10n, Uri, workspace } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import { parseTemplate, resolveFormat } from "../../../core/files/naming.ts";
import type { Job } from "../../../core/jobs/job.ts";
import { findModel } from "../../../core/models/findModel.ts";
import type { Family, Model } from "../../../core/models/model.ts";
import { shapeIn2k } from "../../../core/models/size.ts";
import { knownRequest, unknownValues } from "../../../core/request/knownRequest.ts";
import type { JobRequest } from "../../../core/request/request.ts";
import { safetyChoiceOf } from "../../../core/request/safety.ts";
import { cleanPrompt } from "../../../core/text/promptText.ts";
import { shownName } from "../../../core/text/shownName.ts";
import type { DraftFields } from "../../../protocol.ts";
import { checkSaveLocation } from "../../request/previewSavePath.ts";
import { type LoadedReferences, loadReferences, referenceSourceOf } from "../../request/references.ts";
import { requestDefaults, requestOptions, safetyField } from "../../request/requestDefaults.ts";
import { addFolderSettingsToErrors } from "../../request/settingErrors.ts";
import type { Services } from "../../services.ts";
import { setting } from "../../settings.ts";
import { type ActiveProject, activeScope } from "../../workspace/activeProject.ts";
import { type SaveLocation, targetAt } from "../../workspace/saveLocation.ts";
import { modelOfDraft } from "./draftModel.ts";
import { namingInputOf, placeOfDraft, shapeOf } from "./draftSaveLocation.ts";

/** A request whose pictures the user keeps from the panel, without being asked. */
const panelJobRequest = (request: JobRequest["request"], target: Omit<JobRequest["target"], "keep">): JobRequest => ({
  request,
  target: { ...target, keep: "ask" },
  settled: true,
});

/** The name template of the settings, for use without an open folder. */
function fileNameFromSettings(scope: Uri | undefined): Omit<SaveLocation, "folder"> {
  const { segments, ...file } = parseTemplate(setting("fileName", scope).trim());
  return { name: segments.join("/"), ...file };
}

/**
 * Makes a request from the draft and its references; throws a `LimnError` that names the invalid
 * field. `project` proposes the folder.
 */
export async function jobRequestOfDraft(
  services: Pick<Services, "family" | "ports" | "lastChoices" | "log">,
  draft: DraftFields,
  project: ActiveProject | undefined,
  references: LoadedReferences | Promise<LoadedReferences>,
): Promise<JobRequest> {
  const { family, ports } = services;
  const model = modelOfDraft(family, draft);
  const place = placeOfDraft(services, draft, project);
  const { saveLocation, named, format } = await addFolderSettingsToErrors(place.isNameFromSettings, async () => {
    const parsed = place.parse();
    const named = parsed ?? fileNameFromSettings(activeScope());
    return { saveLocation: parsed, named, format: resolveFormat(named.format, draft.format) };
  });
  const loaded = await references;
  if (saveLocation !== undefined) {
    const input = namingInputOf(model, draft, loaded, saveLocation);
    await addFolderSettingsToErrors(place.isPathFromSettings, () =>
      checkSaveLocation(ports.files, input, saveLocation),
    );
  }
  const forTarget =
    draft.exportTarget === undefined
      ? {}
      : await (await import("../../targets/pictureTargets.ts")).requestForTarget(services, draft);
  const scope = saveLocation?.folder ?? activeScope();
  const { safety, ...options } = requestOptions(scope, { quality: draft.quality, format });
  return panelJobRequest(
    {
      ...options,
      ...safetyField(draft.safety ?? safetyChoiceOf(safety)),
      model: model.id,
      prompt: cleanPrompt(draft.prompt ?? ""),
      references: loaded.references,
      shape: shapeOf(draft),
      ...forTarget,
      count: draft.count ?? 1,
    },
    saveLocation === undefined ? { folder: "", name: named.name } : targetAt(saveLocation, "ask"),
  );
}

/** The model of a job; throws a `LimnError` if Limn does not know it. */
function modelOfJob(family: Family, { model: id }: Job): Model {
  const model = findModel(family, id);
  if (model === undefined) {
    throw new LimnError(
      "input",
      l10n.t(
        "Limn does not know the model “{0}” of this job, so it cannot be tried again. Its prompt is in the history.",
        shownName(id),
      ),
    );
  }
  return model;
}

/** The shape and number of one picture in 2K; throws a `LimnError` if there is none. */
function onePictureIn2k(model: Model, { request }: Job): Pick<JobRequest["request"], "shape" | "count"> {
  const shape = shapeIn2k(model, request.shape);
  if (shape === undefined) {
    throw new LimnError("input", l10n.t("{0} has no larger size for this picture.", model.name));
  }
  return { shape, count: 1 };
}

/** The job's values of the API; throws a `LimnError` if Limn does not know one of them. */
function knownRequestOf({ request }: Job) {
  const known = knownRequest(request);
  if (known === undefined) {
    throw new LimnError(
      "input",
      l10n.t(
        "This job uses “{0}”, which this version of Limn does not know, so it cannot be tried again. Its prompt is in the history.",
        unknownValues(request).map(shownName).join(", "),
      ),
    );
  }
  return known;
}

/**
 * Makes the request of a job again, with its reference images read again; throws a `LimnError` that
 * names one that is missing. `in2k`: for one picture, in 2K.
 */
export async function jobRequestOfJob(services: Services, job: Job, { in2k = false } = {}): Promise<JobRequest> {
  const { request, target } = job;
  if (request.tool !== undefined) {
    return (await import("../../tools/toolRequests.ts")).toolRequestOfJob(services, job, request.tool);
  }
  const model = modelOfJob(services.family, job);
  const known = { ...knownRequestOf(job), ...(in2k ? onePictureIn2k(model, job) : {}) };
  const { webhookURL, uploadEndpoint } = requestDefaults(activeScope());
  const candidates = request.references.map(referenceSourceOf);
  const loaded = await loadReferences(candidates, services.imaging, model);
  const folder = Uri.parse(target.folder);
  // If the folder is not open here, the user is asked for it when a picture is kept.
  if (workspace.getWorkspaceFolder(folder) !== undefined) {
    const saveLocation = { ...target, folder, format: known.format };
    await checkSaveLocation(services.ports.files, { ...request, ...known, model, loaded }, saveLocation);
  }
  const addresses = {
    ...(webhookURL === undefined ? {} : { webhookURL }),
    ...(uploadEndpoint === undefined ? {} : { uploadEndpoint }),
  };
  // A job of an earlier version may contain a check that disables itself, which is not sent again.
  const { safety, tool: _, ...rest } = request;
  const { replacesDraft: __, ...withoutDraft } = target;
  return panelJobRequest(
    {
      ...rest,
      ...known,
      model: model.id,
      ...safetyField(safetyChoiceOf(safety)),
      references: loaded.references,
      ...addresses,
    },
    // Only a job without a picture leaves its own draft to be replaced.
    job.pictures.length === 0 ? target : withoutDraft,
  );
}
