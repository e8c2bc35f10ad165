import { l10n, Uri, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { extensionOf, firstFreeName } from "../../core/files/keep.ts";
import { fileUriIn } from "../../core/files/uri.ts";
import { defaultSize } from "../../core/models/defaultSize.ts";
import { modelOf } from "../../core/models/findModel.ts";
import { outputFormats } from "../../core/models/model.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import type { DraftFields } from "../../protocol.ts";
import type { CommandResult } from "../commands/commandResult.ts";
import type { FlowAnswers } from "../flow/askJobRequest.ts";
import { askVariables } from "../flow/askVariables.ts";
import { flowTitles } from "../flow/flowTitles.ts";
import { checkFileTarget } from "../imageRows/fileTarget.ts";
import { insertLink } from "../links/insertLink.ts";
import { currentLinkPosition, disposeOnError, type TrackedPosition } from "../links/trackedPosition.ts";
import { draftDefaults } from "../panel/draft/draftDefaults.ts";
import { modelOfDraft } from "../panel/draft/draftModel.ts";
import { jobRequestOfDraft } from "../panel/draft/jobRequest.ts";
import { expectedPixels, nameParts } from "../request/previewSavePath.ts";
import { type LoadedReferences, noReferences } from "../request/references.ts";
import type { Services } from "../services.ts";
import { findActiveProject } from "../workspace/activeProject.ts";
import { draftObstacle } from "./draftObstacle.ts";
import { keptReferences } from "./keptReferences.ts";
import { makeDrafts } from "./makeDrafts.ts";

const noFolderError = () =>
  new LimnError("files", l10n.t("No folder is open to save the draft in. Open a folder, then try again."));

/**
 * Makes the free draft of a request, at the path of its first picture. Throws a `LimnError` if it
 * could not be rendered there, or the request has what a draft image cannot keep.
 *
 * @param linkPosition where its link may be inserted; by default see `insertLink`.
 */
async function makeDraftOfRequest(
  services: Services,
  { request, target }: JobRequest,
  loaded: LoadedReferences,
  linkPosition?: TrackedPosition,
): Promise<CommandResult> {
  const { family, ports } = services;
  if (target.folder === "") {
    throw noFolderError();
  }
  const obstacle = draftObstacle(loaded.references, Uri.parse(target.folder));
  if (obstacle !== undefined) {
    throw new LimnError("input", obstacle);
  }
  const { prompt, format = outputFormats[0], exportTarget, promptHint } = request;
  const model = modelOf(family, request.model);
  const input = { prompt, format, shape: request.shape, model, loaded };
  const name = await firstFreeName(ports, target, nameParts(input), extensionOf(format, target));
  const file = Uri.parse(fileUriIn(target.folder, name));
  const { root } = await checkFileTarget(file);
  const { kept } = keptReferences(loaded.references, root.uri);
  const row = { file, prompt, model, size: expectedPixels(input), format, kept, exportTarget, promptHint };
  const files = await makeDrafts(services, [row], [], {
    insert: (drafts) => insertLink(services, drafts, linkPosition),
    dispose: () => linkPosition?.dispose(),
  });
  return { files: files.map(String), cost: 0 };
}

/**
 * Makes the draft of what the user has answered in steps, and forgets the remembered prompt.
 *
 * @param linkPosition where its link may be inserted; it is disposed unless this rejects.
 */
export async function makeDraftOfAnswers(
  services: Services,
  { jobRequest, loaded }: FlowAnswers,
  linkPosition: TrackedPosition | undefined,
): Promise<CommandResult> {
  const result = await makeDraftOfRequest(services, jobRequest, loaded, linkPosition);
  await services.lastChoices.update({ unsent: undefined });
  return result;
}

/** Asks for a request, step by step, and makes its draft. Needs neither a key nor the network. */
export async function makeDraftInSteps(services: Services): Promise<CommandResult> {
  if (workspace.workspaceFolders === undefined) {
    throw noFolderError();
  }
  const start = { title: flowTitles.makeDraft(), prompt: "", loaded: noReferences, makes: "draft" } as const;
  return disposeOnError(currentLinkPosition(), async (linkPosition) => {
    const { askJobRequest } = await import("../flow/steps.ts");
    return makeDraftOfAnswers(services, await askJobRequest(services, start), linkPosition);
  });
}

/**
 * Makes the draft of what the panel's form describes, once if the button is pressed twice. Throws a
 * `LimnError` if it cannot be made.
 */
export async function makeDraftOfForm(services: Services): Promise<void> {
  const { family, keptDraft, draftReferences, duplicatePresses } = services;
  const fields: DraftFields = keptDraft.read()?.draft ?? {};
  if (cleanPrompt(fields.prompt ?? "") === "") {
    throw new LimnError("input", l10n.t("The prompt in the panel is empty. Describe the picture there first."));
  }
  await duplicatePresses.press(JSON.stringify(["limn.makeDraftFromPanel", fields]), async () => {
    const model = modelOfDraft(family, fields);
    await draftReferences.restore();
    const loaded = draftReferences.current;
    const project = await findActiveProject();
    const { size, ...defaults } = draftDefaults(services, project);
    const prompt = await askVariables(flowTitles.makeDraft(), fields.prompt ?? "", model);
    const shape = fields.shape ?? defaultSize(model, undefined, size);
    const draft = { ...defaults, ...fields, prompt, shape, count: 1 };
    const jobRequest = await jobRequestOfDraft(services, draft, project, loaded);
    return makeDraftOfRequest(services, jobRequest, loaded);
  });
}
