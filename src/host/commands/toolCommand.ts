import type { ToolId } from "../../core/tools/tool.ts";
import { disposeOnError, purchase } from "../jobs/purchase.ts";
import { currentLinkPosition } from "../links/trackedPosition.ts";
import type { Services } from "../services.ts";

/**
 * The command of a tool: changes the image of a context menu, the one in the active editor, or one
 * that is chosen in a dialog, and saves the result beside it.
 */
export const toolCommand =
  (tool: ToolId) =>
  (services: Services, ...parameters: readonly unknown[]) =>
    disposeOnError(currentLinkPosition(), async (linkPosition) => {
      const { askForFile } = await import("../tools/toolRequests.ts");
      return purchase(services, await askForFile(services, tool, ...parameters), linkPosition);
    });
