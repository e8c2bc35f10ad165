import { Uri, workspace } from "vscode";
import { parseTemplate } from "../../core/files/naming.ts";
import { chosenSize, defaultCount } from "../../core/models/defaultSize.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import type { Pixels } from "../../core/models/size.ts";
import { fillVariables } from "../../core/request/promptVariables.ts";
import type { JobRequest, Shape } from "../../core/request/request.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import { type ChosenValues, type Proposal, propose, rememberChoices } from "../request/proposal.ts";
import { imageFormat, type LoadedReferences } from "../request/references.ts";
import { requestDefaults } from "../request/requestDefaults.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { findActiveProject } from "../workspace/activeProject.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import { targetAt } from "../workspace/saveLocation.ts";
import { variableSteps } from "./askVariables.ts";
import { countStep } from "./countStep.ts";
import type { FlowDraft, FlowResult } from "./flowDraft.ts";
import { widestLimits } from "./promptProblem.ts";
import { promptStep } from "./promptStep.ts";
import { runSteps } from "./runSteps.ts";
import { savePathStep } from "./savePathStep.ts";
import type { Step } from "./step.ts";

/** What a flow starts with. */
export interface FlowStart {
  readonly title: string;
  readonly prompt: string;
  readonly loaded: LoadedReferences;
  readonly makes: FlowResult;
}

/** What the user has answered. */
export interface FlowAnswers {
  readonly jobRequest: JobRequest;
  /** The references of the request. */
  readonly loaded: LoadedReferences;
  readonly makes: FlowResult;
}

/** What the first reference proposes for its edit. */
interface EditProposal {
  /** Pixels of the reference. */
  readonly pixels: Pixels | undefined;
  readonly format: OutputFormat | undefined;
  /** Its folder, if it is in the workspace. */
  readonly folder: Uri | undefined;
  /** Its file name without extension; `undefined` for the names in Limn's own folder. */
  readonly stem: string | undefined;
}

function editProposal({ references: [reference] }: LoadedReferences, vault: string): EditProposal {
  const source = reference?.source === undefined ? undefined : Uri.parse(reference.source);
  const folder = source && Uri.joinPath(source, "..");
  const stem = source?.path.slice(source.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return {
    pixels: reference?.file?.pixels,
    format: source && imageFormat(source),
    folder: source && workspace.getWorkspaceFolder(source) && folder,
    stem: folder && isSameFile(folder, Uri.file(vault)) ? undefined : stem,
  };
}

/** The name template of the settings. An invalid one is kept: the path step shows its error. */
function defaultTemplate(folder: Uri | undefined): string {
  const text = setting("fileName", folder).trim();
  try {
    return parseTemplate(text).segments.join("/");
  } catch {
    return text;
  }
}

function initialDraft(services: Services, start: FlowStart, proposal: Proposal, edit: EditProposal): FlowDraft {
  const model = modelToBuyFrom(services.family);
  const folder = edit.folder ?? (proposal.folder && Uri.joinPath(proposal.folder.root.uri, proposal.folder.path));
  return {
    model,
    prompt: start.prompt === "" ? (services.lastChoices.read().unsent ?? "") : start.prompt,
    values: new Map(),
    loaded: start.loaded,
    shape: undefined,
    exportTarget: undefined,
    promptHint: undefined,
    lastSize: proposal.size,
    count: start.makes === "draft" ? 1 : defaultCount(model, proposal.count),
    format: edit.format ?? proposal.format,
    path: undefined,
    saveLocation: undefined,
    folder,
    template: edit.stem === undefined ? defaultTemplate(folder) : `${edit.stem}-edit`,
    makes: start.makes,
  };
}

/** Gives a step the prompt with its variables replaced, since file names are made from it. */
const withFilledPrompt =
  (step: Step<FlowDraft>): Step<FlowDraft> =>
  (position, draft) =>
    step(position, { ...draft, prompt: fillVariables(draft.prompt, draft.values) });

/** What the user chose, without what was proposed because of the reference. */
function chosenValues(
  { model, exportTarget, count, format }: FlowDraft,
  shape: Shape,
  folder: Uri,
  edit: EditProposal,
): ChosenValues {
  return {
    size: exportTarget === undefined ? chosenSize(model, shape, edit.pixels) : undefined,
    count,
    format: format === edit.format ? undefined : format,
    folder: edit.folder !== undefined && isSameFile(folder, edit.folder) ? undefined : folder,
  };
}

/** The step of the size, with the targets to choose from. */
async function loadSizeStep(services: Services): Promise<Step<FlowDraft>> {
  const { offeredTargets, sizeStep } = await import("../targets/pictureTargets.ts");
  return sizeStep(services.family, await offeredTargets(services));
}

/**
 * Asks the user for a request, step by step, and what to make of it. Rejects with kind `stopped` on
 * Escape. The prompt is offered again next time, until `forgetPromptOnStart` forgets it.
 */
export async function askJobRequest(services: Services, start: FlowStart): Promise<FlowAnswers> {
  const { family, lastChoices, ports, vault } = services;
  const remember = (unsent: string) => void lastChoices.update({ unsent });
  const steps = ({ prompt }: FlowDraft): readonly Step<FlowDraft>[] => [
    promptStep(family, remember),
    ...variableSteps<FlowDraft>(prompt, widestLimits(family)),
    sizeStep,
    ...(start.makes === "draft" ? [] : [countStep()]),
    withFilledPrompt(savePathStep(ports.files, { kind: "make" })),
  ];
  const [project, sizeStep] = await Promise.all([findActiveProject(), loadSizeStep(services)]);
  const edit = editProposal(start.loaded, vault);
  const draft = initialDraft(services, start, propose(project, lastChoices.read()), edit);
  const answers = await runSteps(start.title, steps, draft);
  const { model, prompt, loaded, shape, exportTarget, promptHint, count, saveLocation, format, makes } = answers;
  if (shape === undefined || saveLocation === undefined) {
    throw new Error("The flow ended without a size or a save location.");
  }
  const { folder } = saveLocation;
  await rememberChoices(lastChoices, project, chosenValues(answers, shape, folder, edit));
  const request = {
    ...requestDefaults(folder),
    model: model.id,
    prompt,
    ...(exportTarget === undefined ? {} : { exportTarget: exportTarget.id }),
    ...(promptHint === undefined ? {} : { promptHint }),
    references: loaded.references,
    shape,
    count,
    format,
  };
  return { jobRequest: { request, target: targetAt(saveLocation, count === 1 ? "all" : "ask") }, loaded, makes };
}
