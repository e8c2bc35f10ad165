import { l10n, Uri, window, workspace } from "vscode";
import type { OutputFormat } from "../../core/model.ts";
import { parseTemplate } from "../../core/naming.ts";
import { fillIn } from "../../core/prompts.ts";
import type { Order, Shape } from "../../core/request.ts";
import { nearestSize } from "../../core/size.ts";
import { variableSteps } from "../askVariables.ts";
import { requestDefaults } from "../defaults.ts";
import type { Choices } from "../memory.ts";
import { imageFormat, type LoadedReferences } from "../references.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { countStep } from "./countStep.ts";
import type { Draft } from "./draft.ts";
import { promptStep } from "./promptStep.ts";
import { sizeStep } from "./sizeStep.ts";
import { targetStep } from "./targetStep.ts";
import { type Step, walk } from "./walk.ts";

/** Where a flow starts. */
export interface Start {
  readonly title: string;
  readonly prompt: string;
  readonly loaded: LoadedReferences;
}

/** The shape in the form it is remembered in. */
const shapeText = (shape: Shape): string =>
  typeof shape === "string" ? shape : "resolution" in shape ? shape.resolution : `${shape.width}x${shape.height}`;

/** The folder that was used last, or the one that is set; for an edit, the one the reference lies in. */
function firstFolder({ references }: LoadedReferences, { folder }: Choices): Uri | undefined {
  const [reference] = references;
  if (reference?.source !== undefined) {
    return Uri.joinPath(Uri.parse(reference.source), "..");
  }
  const remembered = folder === undefined ? undefined : Uri.parse(folder);
  if (remembered !== undefined && workspace.getWorkspaceFolder(remembered) !== undefined) {
    return remembered;
  }
  const document = window.activeTextEditor?.document.uri;
  const root = (document && workspace.getWorkspaceFolder(document)) ?? workspace.workspaceFolders?.[0];
  return root && Uri.joinPath(root.uri, setting("folder", root.uri));
}

/** The shape to begin at: nearest to the reference, or as last time. */
function firstShape(
  { model }: Services,
  { references: [reference] }: LoadedReferences,
  { shape }: Choices,
): Shape | undefined {
  if (reference?.file !== undefined) {
    const { width, height } = nearestSize(model, reference.file.pixels);
    return { width, height };
  }
  const size = model.sizes.find((known) => shapeText(known) === shape);
  return size && { width: size.width, height: size.height };
}

/** The file name of the settings; as it stands where it cannot be used: the step for the path says why. */
function usualTemplate(folder: Uri | undefined): { readonly name: string; readonly format?: OutputFormat | undefined } {
  const text = setting("fileName", folder).trim();
  try {
    const { segments, format } = parseTemplate(text);
    return { name: segments.join("/"), format };
  } catch {
    return { name: text };
  }
}

function firstDraft(services: Services, { prompt, loaded }: Start): Draft {
  const choices = services.memory.read();
  const folder = firstFolder(loaded, choices);
  const [source] = loaded.references.flatMap((reference) => (reference.source ? [Uri.parse(reference.source)] : []));
  const stem = source?.path.slice(source.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const usual = usualTemplate(folder);
  return {
    prompt: prompt === "" ? (choices.unsent ?? "") : prompt,
    values: new Map(),
    loaded,
    shape: firstShape(services, loaded, choices),
    count: choices.count ?? 1,
    format: (source === undefined ? usual.format : imageFormat(source)) ?? requestDefaults(folder).format,
    path: undefined,
    spot: undefined,
    folder,
    template: stem === undefined ? usual.name : `${stem}-edit`,
  };
}

/** The step with the prompt that will be sent: a file's name is made of it. */
const filled =
  (step: Step<Draft>): Step<Draft> =>
  (place, draft) =>
    step(place, { ...draft, prompt: fillIn(draft.prompt, draft.values) });

/**
 * Asks a person, step by step, for what an order needs. Rejects with kind `stopped` on Escape: nothing is sent, and the prompt is
 * offered again next time.
 */
export async function askOrder(services: Services, start: Start): Promise<Order> {
  const { model, memory, ports } = services;
  const remember = (unsent: string) => void memory.note({ unsent });
  const steps = ({ prompt }: Draft): readonly Step<Draft>[] => [
    promptStep(model, remember),
    ...variableSteps<Draft>(prompt, model.promptLimit),
    sizeStep(model),
    countStep(model),
    filled(targetStep(model, ports.files)),
  ];
  const { prompt, loaded, shape, count, spot, format } = await walk(start.title, steps, firstDraft(services, start));
  if (shape === undefined || spot === undefined) {
    throw new Error("The flow ended without a size or a place to save.");
  }
  await memory.note({ unsent: undefined, count, shape: shapeText(shape), folder: spot.folder.toString() });
  const { folder, name } = spot;
  return {
    request: { ...requestDefaults(folder), prompt, references: loaded.references, shape, count, format },
    target: { folder: folder.toString(), name, keep: count === 1 ? "all" : "ask" },
  };
}

/** Titles of the flows, as the commands are called. */
export const titles = {
  generate: () => l10n.t("Generate Image"),
  edit: () => l10n.t("Edit Image"),
};
