import type { DraftView } from "../../../protocol.ts";
import { propose } from "../../request/proposal.ts";
import type { Services } from "../../services.ts";
import { setting } from "../../settings.ts";
import { type ActiveProject, activeScope } from "../../workspace/activeProject.ts";
import { pathInFolder } from "../../workspace/settingsPath.ts";

/**
 * What a new draft starts with: what the flow proposes, and the settings. The path is empty if no
 * folder is open.
 */
export function draftDefaults(
  { lastChoices }: Pick<Services, "lastChoices">,
  project: ActiveProject | undefined,
): DraftView["defaults"] {
  const { size, count, format, folder } = propose(project, lastChoices.read());
  const path = folder === undefined ? "" : pathInFolder(folder);
  return { ...(size === undefined ? {} : { size }), count, format, quality: setting("quality", activeScope()), path };
}
