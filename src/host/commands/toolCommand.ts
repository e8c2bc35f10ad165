import type { ToolId } from "../../core/tools/tool.ts";
import { purchase } from "../jobs/purchase.ts";
import { currentLinkPosition, disposeOnError } from "../links/trackedPosition.ts";
import type { Services } from "../services.ts";

/**
 * The command of a tool: changes the images of a context menu, the one in the active editor, or
 * those that are chosen in a dialog, and saves each result beside its source.
 */
export const toolCommand =
  (tool: ToolId) =>
  (services: Services, ...parameters: readonly unknown[]) =>
    disposeOnError(currentLinkPosition(), async (linkPosition) => {
      const { askForFile, changeFiles, filesForTool } = await import("../tools/toolRequests.ts");
      const files = await filesForTool(tool, ...parameters);
      const [file] = files;
      if (files.length === 1 && file !== undefined) {
        return purchase(services, await askForFile(services, tool, file), linkPosition);
      }
      linkPosition?.dispose();
      return changeFiles(services, tool, files);
    });
