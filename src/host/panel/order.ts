import { Uri, window, workspace } from "vscode";
import { formatOfName } from "../../core/input.ts";
import type { Job } from "../../core/job.ts";
import { agreeOnFormat, parseTemplate } from "../../core/naming.ts";
import { cleanPrompt } from "../../core/promptText.ts";
import type { Order, Shape } from "../../core/request.ts";
import { choiceOf } from "../../core/safety.ts";
import type { DraftFields, DraftView } from "../../protocol.ts";
import { requestDefaults, requestOptions, safetyPart } from "../defaults.ts";
import { namingFolder } from "../namedSetting.ts";
import { readPath, type Spot } from "../places.ts";
import { candidateOf, type LoadedReferences, loadReferences } from "../references.ts";
import { rootOf } from "../roots.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { readSettings, settingsPath } from "../settingsPath.ts";
import { checkSpot, type Plan } from "../target.ts";

/** The file or folder whose settings and workspace folder count. */
const home = (): Uri | undefined => window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;

/** What a draft begins with, as the settings say; no path with no folder open. */
export function draftDefaults(): DraftView["defaults"] {
  const document = home();
  const root = rootOf(document);
  const { format, quality } = requestDefaults(document);
  const path = root === undefined ? "" : settingsPath(root);
  return { format: formatOfName(path) ?? format, quality, path };
}

/** Whether the draft goes where the settings say. */
const isPlaceSet = ({ path = "" }: DraftFields): boolean => path.trim() === "" || path === draftDefaults().path;

/** Where a draft's pictures are proposed to go; `undefined` with no folder open: then each is asked about when it is kept. */
function spotOf(draft: DraftFields): Spot | undefined {
  const document = home();
  if (workspace.workspaceFolders === undefined) {
    return undefined;
  }
  return isPlaceSet(draft)
    ? readSettings(document)
    : readPath(draft.path ?? "", setting("fileName", document).trim(), document);
}

/** A draft without a shape follows its reference. */
const shapeOf = ({ shape }: DraftFields): Shape => shape ?? "like-reference";

/** What a draft's file name depends on; throws a `LimnError` if the draft asks for two formats. */
function planOf(draft: DraftFields, loaded: LoadedReferences, spot: Spot): Plan {
  const format = agreeOnFormat(spot.format, draft.format) ?? requestDefaults(spot.folder).format;
  return { prompt: draft.prompt ?? "", shape: shapeOf(draft), loaded, format };
}

/** What would come of the draft's path. */
export async function foreseePath(
  { model, ports, references }: Services,
  draft: DraftFields,
): Promise<NonNullable<DraftView["target"]>> {
  const asked = draft.path ?? "";
  try {
    const shown = await namingFolder(isPlaceSet(draft), async () => {
      const spot = spotOf(draft);
      return spot && checkSpot(model, ports.files, planOf(draft, references.current, spot), spot);
    });
    return { asked, shown: shown ?? "" };
  } catch (error) {
    return { asked, shown: "", error: error instanceof Error ? error.message : String(error) };
  }
}

/** An order whose pictures are picked from the sheet: nobody is asked about them. */
const order = (request: Order["request"], target: Pick<Order["target"], "folder" | "name">): Order => ({
  request,
  target: { ...target, keep: "ask" },
  settled: true,
});

/** With no folder open there is a name only. */
function nameBySettings(scope: Uri | undefined): Pick<Spot, "name" | "format"> {
  const { segments, format } = parseTemplate(setting("fileName", scope).trim());
  return { name: segments.join("/"), format };
}

/** Makes an order of the draft and its references, as the flow would; throws a `LimnError` with the field it is about. */
export async function orderOfDraft(
  { model, ports }: Pick<Services, "model" | "ports">,
  draft: DraftFields,
  references: LoadedReferences | Promise<LoadedReferences>,
): Promise<Order> {
  const { spot, name, format } = await namingFolder(isPlaceSet(draft), async () => {
    const asked = spotOf(draft);
    const named = asked ?? nameBySettings(home());
    return { spot: asked, name: named.name, format: agreeOnFormat(named.format, draft.format) };
  });
  const loaded = await references;
  if (spot !== undefined) {
    const plan = planOf(draft, loaded, spot);
    await namingFolder(isPlaceSet(draft), () => checkSpot(model, ports.files, plan, spot));
  }
  const scope = spot?.folder ?? home();
  const { quality, ttl, outputType, deliveryMethod } = draft;
  const { safety, ...options } = requestOptions(scope, { quality, ttl, outputType, deliveryMethod, format });
  return order(
    {
      ...options,
      ...safetyPart(draft.safety ?? choiceOf(safety)),
      prompt: cleanPrompt(draft.prompt ?? ""),
      references: loaded.references,
      shape: shapeOf(draft),
      count: draft.count ?? 1,
    },
    { folder: spot?.folder.toString() ?? "", name },
  );
}

/** The order a job was made from, with its reference images read anew; throws a `LimnError` that names one that is gone. */
export async function orderOfJob(services: Services, { request, target }: Job): Promise<Order> {
  const { webhookURL, uploadEndpoint } = requestDefaults(home());
  const candidates = request.references.map(candidateOf);
  const loaded = await loadReferences(candidates, services.imaging, services.model);
  const folder = Uri.parse(target.folder);
  // Pictures for a folder that is not open here are asked about when they are kept.
  if (workspace.getWorkspaceFolder(folder) !== undefined) {
    const spot = { folder, name: target.name, format: request.format };
    await checkSpot(services.model, services.ports.files, { ...request, loaded }, spot);
  }
  const addresses = {
    ...(webhookURL === undefined ? {} : { webhookURL }),
    ...(uploadEndpoint === undefined ? {} : { uploadEndpoint }),
  };
  // A job of an earlier version may hold a check that switches itself off: it is not sent so again.
  const { safety, ...rest } = request;
  return order({ ...rest, ...safetyPart(choiceOf(safety)), references: loaded.references, ...addresses }, target);
}
