import { l10n, Uri } from "vscode";
import { expectedFile } from "../../core/files/keep.ts";
import type { JobRequest } from "../../core/request/request.ts";
import type { ToolId } from "../../core/tools/tool.ts";
import { toolOf } from "../../core/tools/tools.ts";
import { buyTogether } from "../jobs/buyTogether.ts";
import { labelOf } from "../request/references.ts";
import type { Services } from "../services.ts";
import { askForAll } from "./askRequests.ts";
import { inputOfFile } from "./toolInput.ts";

/**
 * Asks what a tool should make of several image files, buys the results together and saves each
 * beside its source. Files that cannot be used are left out. Rejects as `askForFile` does if none
 * can be used.
 */
export async function changeFiles(services: Services, id: ToolId, files: readonly Uri[]): Promise<void> {
  const tool = toolOf(id);
  const candidates = files.map((uri) => ({ label: labelOf(uri), read: () => inputOfFile(services, uri) }));
  const { asked, notes } = await askForAll(services, tool, candidates);
  await buyTogether(services, {
    items: asked.map(({ target, ...rest }) => {
      const jobRequest: JobRequest = { ...rest, target: { ...target, keep: "all" } };
      const file = Uri.parse(expectedFile(jobRequest) ?? target.folder);
      return { file, toolRequest: jobRequest.request, jobRequest };
    }),
    toJobRequest: ({ jobRequest }) => jobRequest,
    texts: {
      progress: () => l10n.t("Limn: {0}", tool.name()),
      result: (made, count) => l10n.t("{0}: saved {1} of {2} pictures", tool.name(), made, count),
    },
    reasonNotToMake: async () => undefined,
    notes,
  });
}
