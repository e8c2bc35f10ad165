import { l10n, Uri, workspace } from "vscode";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { findModel } from "../../core/models/findModel.ts";
import { outputFormats } from "../../core/models/model.ts";
import { knownFormat } from "../../core/pictures/pictureFormat.ts";
import type { Target } from "../../core/request/request.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { runSteps } from "./runSteps.ts";
import { savePathStep } from "./savePathStep.ts";

/** The job's own folder if it is open here, or else the folder of the settings. */
function suggestedFolder({ target: { folder } }: Job): Uri | undefined {
  const jobFolder = folder === "" ? undefined : Uri.parse(folder);
  const [root] = workspace.workspaceFolders ?? [];
  return jobFolder !== undefined && workspace.getWorkspaceFolder(jobFolder) !== undefined
    ? jobFolder
    : root && Uri.joinPath(root.uri, setting("folder", root.uri));
}

/** Asks where to keep a finished picture. Rejects with kind `stopped` on Escape. */
export async function askTarget({ family, ports }: Services, job: Job, picture: Picture): Promise<Target> {
  const { width = 1, height = 1 } = picture;
  const format = knownFormat(picture.format ?? job.request.format) ?? outputFormats[0];
  const initialDraft: FlowDraft = {
    model: findModel(family, job.model) ?? family[0],
    prompt: job.request.prompt,
    values: new Map(),
    loaded: { references: [], notes: [] },
    shape: { width, height },
    count: 1,
    format,
    path: undefined,
    saveLocation: undefined,
    folder: suggestedFolder(job),
    template: job.target.name,
  };
  const { saveLocation } = await runSteps(l10n.t("Keep As"), [savePathStep(ports.files, format)], initialDraft);
  if (saveLocation === undefined) {
    throw new Error("The step ended without a save location.");
  }
  return { folder: saveLocation.folder.toString(), name: saveLocation.name, keep: "ask" };
}
