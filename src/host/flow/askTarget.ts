import { l10n, Uri, workspace } from "vscode";
import { editableTemplate } from "../../core/files/naming.ts";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { findModel } from "../../core/models/findModel.ts";
import { outputFormats } from "../../core/models/model.ts";
import { knownFormat } from "../../core/pictures/pictureFormat.ts";
import type { Target } from "../../core/request/request.ts";
import { propose } from "../request/proposal.ts";
import { noReferences } from "../request/references.ts";
import type { Services } from "../services.ts";
import { findActiveProject } from "../workspace/activeProject.ts";
import { targetAt } from "../workspace/saveLocation.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { runSteps } from "./runSteps.ts";
import { savePathStep } from "./savePathStep.ts";

/** The job's own folder if it is open here, or else the one that a new request gets. */
async function suggestedFolder({ lastChoices }: Services, { target: { folder } }: Job): Promise<Uri | undefined> {
  const jobFolder = folder === "" ? undefined : Uri.parse(folder);
  if (jobFolder !== undefined && workspace.getWorkspaceFolder(jobFolder) !== undefined) {
    return jobFolder;
  }
  const proposed = propose(await findActiveProject(), lastChoices.read()).folder;
  return proposed && Uri.joinPath(proposed.root.uri, proposed.path);
}

/** Asks where to keep a finished picture. Rejects with kind `stopped` on Escape. */
export async function askTarget(services: Services, job: Job, picture: Picture): Promise<Target> {
  const { family, ports } = services;
  const { width = 1, height = 1 } = picture;
  const format = knownFormat(picture.format ?? job.request.format) ?? outputFormats[0];
  const initialDraft: FlowDraft = {
    model: findModel(family, job.model) ?? family[0],
    prompt: job.request.prompt,
    values: new Map(),
    loaded: noReferences,
    shape: { width, height },
    exportTarget: undefined,
    promptHint: undefined,
    lastSize: undefined,
    count: 1,
    format,
    path: undefined,
    saveLocation: undefined,
    folder: await suggestedFolder(services, job),
    template: editableTemplate(job.target.name),
    makes: "picture",
  };
  const step = savePathStep(ports.files, { kind: "keep", format });
  const { saveLocation } = await runSteps(l10n.t("Keep As"), [step], initialDraft);
  if (saveLocation === undefined) {
    throw new Error("The step ended without a save location.");
  }
  return targetAt(saveLocation, "ask");
}
