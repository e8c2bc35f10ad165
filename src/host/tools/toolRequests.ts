// Entry of dist/tools.js, which is loaded when a tool of the service is used.
import "../ui/l10nBundle.ts";
import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Job } from "../../core/jobs/job.ts";
import { knownFields } from "../../core/request/knownRequest.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import { shownName } from "../../core/text/shownName.ts";
import type { StoredToolUse, Tool, ToolId, ToolUse } from "../../core/tools/tool.ts";
import { findTool, toolOf } from "../../core/tools/tools.ts";
import type { VaultPicture } from "../panel/findPicture.ts";
import type { Services } from "../services.ts";
import { notifyWarning } from "../ui/notify.ts";
import { type AskedRequest, ask, askForAll, requestOf } from "./askRequests.ts";
import { inputOfFile, inputOfPicture, namedAs, sourceOfJob } from "./toolInput.ts";
import { loadToolSource } from "./toolSource.ts";

export { backgroundChoices } from "./backgroundChoices.ts";
export { changeFiles } from "./changeFiles.ts";
export { filesForTool } from "./toolInput.ts";

/** The request of a picture that the user keeps in the panel. */
const toKeepLater = ({ target, ...rest }: AskedRequest): JobRequest => ({
  ...rest,
  target: { ...target, keep: "ask" },
  settled: true,
});

/**
 * Asks what a tool should make of an image file. The result is saved beside it.
 *
 * @throws LimnError of kind `stopped` if the user cancels, of another kind if the image cannot be
 * sent or its folder cannot be written.
 */
export async function askForFile(services: Services, id: ToolId, uri: Uri): Promise<JobRequest> {
  const { target, ...rest } = await ask(services, toolOf(id), await inputOfFile(services, uri));
  return { ...rest, target: { ...target, keep: "all" } };
}

/**
 * Asks what a tool should make of pictures of the vault, or of the files that they were kept as.
 * The user keeps the results in the panel. Rejects as `askForFile` does; of several pictures, those
 * that cannot be used are left out, and a message says why.
 */
export async function askForPictures(
  services: Services,
  id: ToolId,
  pictures: readonly VaultPicture[],
): Promise<readonly JobRequest[]> {
  const inputs = await Promise.all(pictures.map((picture) => inputOfPicture(services, picture)));
  const [first, ...others] = inputs;
  if (first !== undefined && others.length === 0) {
    return [toKeepLater(await ask(services, toolOf(id), first))];
  }
  const candidates = inputs.map((input) => ({ label: input.label, read: async () => input }));
  const { asked, notes } = await askForAll(services, toolOf(id), candidates);
  if (notes.length > 0) {
    void notifyWarning(joinSentences(...notes));
  }
  return asked.map(toKeepLater);
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

/**
 * Asks what the tool of a job should make of the same picture. Rejects as `askForFile` does, and if
 * Limn does not know the tool.
 */
export async function askAgain(services: Services, job: Job, stored: StoredToolUse): Promise<JobRequest> {
  const { tool, use } = knownUse(stored);
  const [{ folder, name }, suffix] = [job.target, tool.suffix(use)];
  const place = { folder, name: name.endsWith(suffix) ? name.slice(0, -suffix.length) : name };
  return toKeepLater(await ask(services, tool, { ...sourceOfJob(job), ...namedAs(job), place }));
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
  return toKeepLater({
    request: requestOf(tool, { use, format }, source, { ...namedAs(job), place: target }),
    // The price that the button has named.
    estimate: job.estimate,
    target,
  });
}
