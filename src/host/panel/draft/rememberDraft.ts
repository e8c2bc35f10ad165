import { Uri } from "vscode";
import { chosenSize } from "../../../core/models/defaultSize.ts";
import { modelOf } from "../../../core/models/findModel.ts";
import type { JobRequest } from "../../../core/request/request.ts";
import { rememberChoices } from "../../request/proposal.ts";
import type { LoadedReferences } from "../../request/references.ts";
import type { Services } from "../../services.ts";
import type { ActiveProject } from "../../workspace/activeProject.ts";

/**
 * Remembers what the user chose in the form, for the next draft and for the flow. Only logs an
 * error: the job has started.
 */
export async function rememberDraft(
  { family, lastChoices, log }: Services,
  project: ActiveProject | undefined,
  { request: { model, shape, exportTarget, count, format }, target: { folder } }: JobRequest,
  { references: [reference] }: LoadedReferences,
): Promise<void> {
  await rememberChoices(lastChoices, project, {
    // The size of a target belongs to it.
    size: exportTarget === undefined ? chosenSize(modelOf(family, model), shape, reference?.file?.pixels) : undefined,
    count,
    format,
    folder: folder === "" ? undefined : Uri.parse(folder),
  }).catch((error: unknown) => log.warn(`The choices of the form were not remembered: ${String(error)}`));
}
