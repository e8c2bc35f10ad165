import { Uri, window, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Job } from "../../core/job.ts";
import type { Order, Shape } from "../../core/request.ts";
import { choiceOf } from "../../core/safety.ts";
import type { DraftFields, DraftView } from "../../protocol.ts";
import { requestDefaults, requestOptions, safetyPart } from "../defaults.ts";
import { namingFolder } from "../namedSetting.ts";
import { checkWritable, readPath, type Spot, shownPath } from "../places.ts";
import { type LoadedReferences, loadReferences } from "../references.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { foresee } from "../target.ts";

/** The file or folder whose settings and workspace folder count. */
const home = (): Uri | undefined => window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;

/** What a draft begins with, as the settings say. Without an extension, so that the format decides; empty with no folder open. */
export function draftDefaults(): DraftView["defaults"] {
  const document = home();
  const { format, quality } = requestDefaults(document);
  const root = document && (workspace.getWorkspaceFolder(document) ?? workspace.workspaceFolders?.[0])?.uri;
  const path = root && shownPath(Uri.joinPath(root, setting("folder", root), setting("fileName", root)));
  return { format, quality, path: path ?? "" };
}

/** Where a draft's pictures are proposed to go; `undefined` with no folder open: then each is asked about when it is kept. */
function spotOf({ path }: DraftFields): Spot | undefined {
  if (workspace.workspaceFolders === undefined) {
    return undefined;
  }
  const document = home();
  const text = path === undefined || path.trim() === "" ? draftDefaults().path : path;
  return readPath(text, setting("fileName", document), document);
}

/** Whether the page says nothing of the place, or what the settings say. */
const isPlaceSet = ({ path = "" }: DraftFields): boolean => path.trim() === "" || path === draftDefaults().path;

/** A place that can be used; throws where nothing can be written there. */
async function usableSpot(draft: DraftFields): Promise<Spot | undefined> {
  const spot = spotOf(draft);
  const obstacle = spot && (await checkWritable(spot.folder));
  if (obstacle !== undefined) {
    throw new LimnError("files", obstacle, { field: "path" });
  }
  return spot;
}

/** A draft without a shape follows its reference. */
const shapeOf = ({ shape }: DraftFields): Shape => shape ?? "like-reference";

/** What would come of the draft's path. */
export async function foreseePath(
  { model, ports, references }: Services,
  draft: DraftFields,
): Promise<NonNullable<DraftView["target"]>> {
  const asked = draft.path ?? "";
  try {
    const spot = await namingFolder(isPlaceSet(draft), async () => spotOf(draft));
    if (spot === undefined) {
      return { asked, shown: "" };
    }
    const format = draft.format ?? requestDefaults(spot.folder).format;
    const plan = { prompt: draft.prompt ?? "", shape: shapeOf(draft), loaded: references.current, format };
    return { asked, ...(await foresee(model, ports.files, plan, spot)) };
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

/** Makes an order of the draft and its references, as the flow would; throws a `LimnError` with the field it is about. */
export async function orderOfDraft(
  draft: DraftFields,
  loaded: LoadedReferences | Promise<LoadedReferences>,
): Promise<Order> {
  const spot = await namingFolder(isPlaceSet(draft), () => usableSpot(draft));
  const { references } = await loaded;
  const scope = spot?.folder ?? home();
  const { quality, ttl, outputType } = draft;
  const given = { quality, ttl, outputType, format: spot?.format ?? draft.format };
  const { safety, ...options } = requestOptions(scope, given);
  return order(
    {
      ...options,
      ...safetyPart(draft.safety ?? choiceOf(safety)),
      prompt: draft.prompt?.trim() ?? "",
      references,
      shape: shapeOf(draft),
      count: draft.count ?? 1,
    },
    { folder: spot?.folder.toString() ?? "", name: spot?.name ?? setting("fileName", scope) },
  );
}

/** The order a job was made from, with its reference images read anew; throws a `LimnError` that names one that is gone. */
export async function orderOfJob(services: Services, { request, target }: Job): Promise<Order> {
  const { webhookURL, uploadEndpoint } = requestDefaults(home());
  const candidates = request.references.map(({ label, source }) => {
    if (source === undefined) {
      throw new LimnError("reference", `The file of ${label} is not known any more. Add it to the form instead.`, {
        field: "references",
      });
    }
    return { uri: Uri.parse(source), label };
  });
  const { references } = await loadReferences(candidates, services.imaging, services.model);
  const addresses = {
    ...(webhookURL === undefined ? {} : { webhookURL }),
    ...(uploadEndpoint === undefined ? {} : { uploadEndpoint }),
  };
  // A job of an earlier version may hold a check that switches itself off: it is not sent so again.
  const { safety, ...rest } = request;
  return order({ ...rest, ...safetyPart(choiceOf(safety)), references, ...addresses }, target);
}
