import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { extensionOf, firstFreeName } from "../../core/files/keep.ts";
import { fileUriIn } from "../../core/files/uri.ts";
import { defaultSize } from "../../core/models/defaultSize.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import type { DraftFields } from "../../protocol.ts";
import { flowTitles } from "../flow/askJobRequest.ts";
import { askVariables } from "../flow/askVariables.ts";
import { draftDefaults } from "../panel/draft/draftDefaults.ts";
import { modelOfDraft } from "../panel/draft/draftModel.ts";
import { jobRequestOfDraft } from "../panel/draft/jobRequest.ts";
import { expectedPixels, nameParts } from "../request/previewSavePath.ts";
import type { Services } from "../services.ts";
import { findActiveProject } from "../workspace/activeProject.ts";
import type { DraftToMake } from "./makeDrafts.ts";

/**
 * The draft image of what the panel's form describes, at the path of its first picture. Throws a
 * `LimnError` if the form is not complete, or has what a draft image cannot keep.
 */
export async function draftOfForm(services: Services): Promise<DraftToMake> {
  const { family, ports, keptDraft, draftReferences } = services;
  const loaded = draftReferences.current;
  if (loaded.references.length > 0) {
    throw new LimnError(
      "input",
      l10n.t("A draft cannot keep reference images. Remove them from the form, or generate the picture."),
    );
  }
  const { exportTarget: _, ...fields }: DraftFields = keptDraft.read()?.draft ?? {};
  const model = modelOfDraft(family, fields);
  const project = await findActiveProject();
  const { size, ...defaults } = draftDefaults(services, project);
  if (cleanPrompt(fields.prompt ?? "") === "") {
    throw new LimnError("input", l10n.t("The prompt in the panel is empty. Describe the picture there first."));
  }
  const prompt = await askVariables(flowTitles.generate(), fields.prompt ?? "", model);
  const shape = fields.shape ?? defaultSize(model, undefined, size);
  const draft = { ...defaults, ...fields, prompt, shape, count: 1 };
  const { request, target } = await jobRequestOfDraft(services, draft, project, loaded);
  if (target.folder === "") {
    throw new LimnError("files", l10n.t("No folder is open to save the draft in. Open a folder, then try again."));
  }
  const input = { ...request, model, loaded };
  const name = await firstFreeName(ports, target, nameParts(input), extensionOf(request.format, target));
  return {
    file: Uri.parse(fileUriIn(target.folder, name)),
    prompt: request.prompt,
    model,
    size: expectedPixels(input),
    format: request.format,
  };
}
