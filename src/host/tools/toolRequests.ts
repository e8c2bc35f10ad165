// Entry of dist/tools.js, which is loaded when a tool of the service is used.
import "../ui/l10nBundle.ts";
import { posix } from "node:path";
import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { templateOfName } from "../../core/files/naming.ts";
import type { Job } from "../../core/jobs/job.ts";
import { altTextOfFileName } from "../../core/links/altText.ts";
import { knownFields } from "../../core/request/knownRequest.ts";
import type { JobRequest, Request, Target } from "../../core/request/request.ts";
import { shownName } from "../../core/text/shownName.ts";
import type { StoredToolUse, Tool, ToolId, ToolUse } from "../../core/tools/tool.ts";
import { findTool, toolOf } from "../../core/tools/tools.ts";
import { resultPixels } from "../../core/tools/toolTask.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import { ensureEngine } from "../connection/ensureEngine.ts";
import { picturesKeptAs } from "../jobs/keptPictures.ts";
import type { JobPicture } from "../lightTable/comparePictures.ts";
import { labelOf, referenceSourceOf } from "../request/references.ts";
import { requestOptions } from "../request/requestDefaults.ts";
import type { Services } from "../services.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";
import { askImages } from "../workspace/chooseImages.ts";
import { checkWritable } from "../workspace/saveLocation.ts";
import { askToolUse, type ChosenUse } from "./askToolUse.ts";
import { loadToolSource, type ToolSource } from "./toolSource.ts";

/** The picture that a tool changes, and where its result belongs. */
interface ToolInput {
  readonly uri: Uri;
  /** The name that users know it by. */
  readonly label: string;
  /** What it shows: names and describes the result, and is not sent. */
  readonly prompt: string;
  /** URI of the folder, and template of the name without the tool's suffix. */
  readonly place: Pick<Target, "folder" | "name">;
}

/** Folder of a file, and the template of its name. */
const placeOfFile = (uri: Uri): ToolInput["place"] => ({
  folder: Uri.joinPath(uri, "..").toString(),
  name: templateOfName(posix.parse(uri.path).name),
});

/** The request: links that are polled for, so that a large result is never in one answer. */
function requestOf(
  tool: Tool,
  { use, format }: ChosenUse,
  { reference, pixels }: ToolSource,
  { prompt, place }: Pick<ToolInput, "prompt" | "place">,
): Request {
  const { quality, ttl } = requestOptions(Uri.parse(place.folder), { outputType: "URL" });
  return {
    model: tool.model,
    tool: use,
    prompt,
    references: [reference],
    shape: resultPixels(pixels, use),
    count: 1,
    format,
    quality,
    outputType: "URL",
    deliveryMethod: "async",
    ...(ttl === undefined ? {} : { ttl }),
  };
}

async function ask(services: Services, tool: Tool, input: ToolInput) {
  const { place } = input;
  const source = await loadToolSource(services, tool, input);
  const chosen = await askToolUse(tool, source);
  await ensureEngine(services, tool.price);
  return {
    request: requestOf(tool, chosen, source, input),
    target: { folder: place.folder, name: `${place.name}${tool.suffix(chosen.use)}` },
  };
}

/**
 * Asks what a tool should make of an image file: that of a context menu, the one in the active
 * editor, or one that is chosen in a dialog. The result is saved beside it.
 *
 * @throws LimnError of kind `stopped` if the user cancels, of another kind if the image cannot be
 * sent or its folder cannot be written.
 */
export async function askForFile(
  services: Services,
  id: ToolId,
  clicked?: unknown,
  selected?: unknown,
): Promise<JobRequest> {
  const tool = toolOf(id);
  const fromMenu = urisFromArguments(clicked, selected);
  const [uri, ...others] = fromMenu.length > 0 ? fromMenu : await askImages(tool.name(), l10n.t("Choose"), false);
  if (uri === undefined || others.length > 0) {
    throw new LimnError("input", l10n.t("{0} takes one picture. Choose one.", tool.name()));
  }
  const problem = await checkWritable(Uri.joinPath(uri, ".."));
  if (problem !== undefined) {
    throw new LimnError("files", problem);
  }
  await services.jobs.journal.ready();
  const [kept] = picturesKeptAs(services.jobs, uri);
  const prompt = kept?.job.request.prompt ?? altTextOfFileName(uri.path);
  const { request, target } = await ask(services, tool, { uri, label: labelOf(uri), prompt, place: placeOfFile(uri) });
  return { request, target: { ...target, keep: "all" } };
}

/**
 * Asks what a tool should make of a picture of the vault, or of the file that it was kept as. The
 * user keeps the result in the panel. Rejects as `askForFile` does.
 */
export async function askForPicture(
  services: Services,
  id: ToolId,
  { job, picture }: JobPicture,
  keptFile: Uri | undefined,
): Promise<JobRequest> {
  const { prompt } = job.request;
  const source =
    keptFile === undefined
      ? { uri: vaultUri(services, picture), label: promptExcerpt(prompt), place: job.target }
      : { uri: keptFile, label: labelOf(keptFile), place: placeOfFile(keptFile) };
  const { request, target } = await ask(services, toolOf(id), { ...source, prompt });
  return { request, target: { ...target, keep: "ask" }, settled: true };
}

/** The use of a tool as it can be sent; throws a `LimnError` if Limn does not know the tool. */
function knownUse(stored: StoredToolUse): { readonly tool: Tool; readonly use: ToolUse } {
  const tool = findTool(stored);
  if (tool === undefined) {
    throw new LimnError(
      "input",
      l10n.t("This version of Limn does not know “{0}”, so it cannot be tried again.", shownName(stored.id)),
    );
  }
  return { tool, use: { id: tool.id, factor: stored.factor } };
}

/** The picture of a tool's job; throws a `LimnError` if it is not known any more. */
function sourceOfJob({ request }: Job): { readonly uri: Uri; readonly label: string } {
  const [reference] = request.references;
  const file = reference && referenceSourceOf(reference);
  if (file === undefined || "image" in file) {
    throw new LimnError("files", l10n.t("The picture of this job is not known any more. Choose it again."));
  }
  return { uri: file.uri, label: file.label ?? labelOf(file.uri) };
}

/**
 * Asks what the tool of a job should make of the same picture. Rejects as `askForFile` does, and if
 * Limn does not know the tool.
 */
export async function askAgain(services: Services, job: Job, stored: StoredToolUse): Promise<JobRequest> {
  const { tool, use } = knownUse(stored);
  const [{ prompt }, { folder, name }, suffix] = [job.request, job.target, tool.suffix(use)];
  const place = { folder, name: name.endsWith(suffix) ? name.slice(0, -suffix.length) : name };
  const { request, target } = await ask(services, tool, { ...sourceOfJob(job), prompt, place });
  return { request, target: { ...target, keep: "ask" }, settled: true };
}

/**
 * Makes the request of a tool's job again, with its picture read again. Throws a `LimnError` if the
 * picture cannot be read any more, or Limn does not know the tool.
 */
export async function toolRequestOfJob(services: Services, job: Job, stored: StoredToolUse): Promise<JobRequest> {
  const { request, target } = job;
  const { tool, use } = knownUse(stored);
  const source = await loadToolSource(services, tool, sourceOfJob(job));
  const format = knownFields(request).format ?? tool.formats[0];
  return {
    request: requestOf(tool, { use, format }, source, { prompt: request.prompt, place: target }),
    target: { ...target, keep: "ask" },
    settled: true,
  };
}
