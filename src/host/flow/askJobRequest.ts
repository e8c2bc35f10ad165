import { l10n, Uri, window, workspace } from "vscode";
import { parseTemplate } from "../../core/files/naming.ts";
import type { Model, OutputFormat } from "../../core/models/model.ts";
import { nearestSize } from "../../core/models/size.ts";
import { fillVariables } from "../../core/request/promptVariables.ts";
import type { JobRequest, Shape } from "../../core/request/request.ts";
import type { LastChoices } from "../request/lastChoices.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import { imageFormat, type LoadedReferences } from "../request/references.ts";
import { requestDefaults } from "../request/requestDefaults.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { variableSteps } from "./askVariables.ts";
import { countStep } from "./countStep.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { widestLimits } from "./promptProblem.ts";
import { promptStep } from "./promptStep.ts";
import { runSteps } from "./runSteps.ts";
import { savePathStep } from "./savePathStep.ts";
import { sizeStep } from "./sizeStep.ts";
import type { Step } from "./step.ts";

/** What a flow starts with. */
export interface FlowStart {
  readonly title: string;
  readonly prompt: string;
  readonly loaded: LoadedReferences;
}

/** The shape as `LastChoices` stores it. */
const serializeShape = (shape: Shape): string =>
  typeof shape === "string" ? shape : "resolution" in shape ? shape.resolution : `${shape.width}x${shape.height}`;

/** The reference's folder for an edit; else the last used folder, or the one of the settings. */
function initialFolder({ references }: LoadedReferences, { folder }: LastChoices): Uri | undefined {
  const [reference] = references;
  if (reference?.source !== undefined) {
    return Uri.joinPath(Uri.parse(reference.source), "..");
  }
  const lastFolder = folder === undefined ? undefined : Uri.parse(folder);
  if (lastFolder !== undefined && workspace.getWorkspaceFolder(lastFolder) !== undefined) {
    return lastFolder;
  }
  const document = window.activeTextEditor?.document.uri;
  const root = (document && workspace.getWorkspaceFolder(document)) ?? workspace.workspaceFolders?.[0];
  return root && Uri.joinPath(root.uri, setting("folder", root.uri));
}

/** The size nearest to the reference, or the shape of last time. */
function initialShape(
  model: Model,
  { references: [reference] }: LoadedReferences,
  { shape }: LastChoices,
): Shape | undefined {
  if (reference?.file !== undefined) {
    const { width, height } = nearestSize(model, reference.file.pixels);
    return { width, height };
  }
  const size = model.sizes.find((known) => serializeShape(known) === shape);
  return size && { width: size.width, height: size.height };
}

/** The name template of the settings. An invalid one is kept: the path step shows its error. */
function defaultTemplate(folder: Uri | undefined): {
  readonly name: string;
  readonly format?: OutputFormat | undefined;
} {
  const text = setting("fileName", folder).trim();
  try {
    const { segments, format } = parseTemplate(text);
    return { name: segments.join("/"), format };
  } catch {
    return { name: text };
  }
}

function initialDraft(services: Services, { prompt, loaded }: FlowStart): FlowDraft {
  const choices = services.lastChoices.read();
  const folder = initialFolder(loaded, choices);
  const [source] = loaded.references.flatMap((reference) => (reference.source ? [Uri.parse(reference.source)] : []));
  const stem = source?.path.slice(source.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const settingsTemplate = defaultTemplate(folder);
  const model = modelToBuyFrom(services.family);
  return {
    model,
    prompt: prompt === "" ? (choices.unsent ?? "") : prompt,
    values: new Map(),
    loaded,
    shape: initialShape(model, loaded, choices),
    count: choices.count ?? 1,
    format: (source === undefined ? settingsTemplate.format : imageFormat(source)) ?? requestDefaults(folder).format,
    path: undefined,
    saveLocation: undefined,
    folder,
    template: stem === undefined ? settingsTemplate.name : `${stem}-edit`,
  };
}

/** Gives a step the prompt with its variables replaced, since file names are made from it. */
const withFilledPrompt =
  (step: Step<FlowDraft>): Step<FlowDraft> =>
  (position, draft) =>
    step(position, { ...draft, prompt: fillVariables(draft.prompt, draft.values) });

/**
 * Asks the user for a request, step by step. Rejects with kind `stopped` on Escape. The prompt is
 * offered again next time, until `forgetPromptOnStart` forgets it.
 */
export async function askJobRequest(services: Services, start: FlowStart): Promise<JobRequest> {
  const { family, lastChoices, ports } = services;
  const remember = (unsent: string) => void lastChoices.update({ unsent });
  const steps = ({ prompt }: FlowDraft): readonly Step<FlowDraft>[] => [
    promptStep(family, remember),
    ...variableSteps<FlowDraft>(prompt, widestLimits(family)),
    sizeStep(family),
    countStep(),
    withFilledPrompt(savePathStep(ports.files)),
  ];
  const { model, prompt, loaded, shape, count, saveLocation, format } = await runSteps(
    start.title,
    steps,
    initialDraft(services, start),
  );
  if (shape === undefined || saveLocation === undefined) {
    throw new Error("The flow ended without a size or a save location.");
  }
  await lastChoices.update({
    count,
    shape: serializeShape(shape),
    folder: saveLocation.folder.toString(),
  });
  const { folder, name } = saveLocation;
  return {
    request: {
      ...requestDefaults(folder),
      model: model.id,
      prompt,
      references: loaded.references,
      shape,
      count,
      format,
    },
    target: { folder: folder.toString(), name, keep: count === 1 ? "all" : "ask" },
  };
}

/** Titles of the flows: the names of their commands. */
export const flowTitles = {
  generate: () => l10n.t("Generate Image"),
  edit: () => l10n.t("Edit Image"),
};
