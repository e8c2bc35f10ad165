import type { Services } from "../services.ts";
import { doEach } from "../ui/doEach.ts";
import { type FileForTarget, groupForExport } from "./groupForExport.ts";

/**
 * Writes the files of the targets that image files were made for, beside them: one export with one
 * undo for each target and folder. One that fails or is canceled does not end the others.
 */
export async function exportForTargets(services: Services, files: readonly FileForTarget[]): Promise<void> {
  await doEach(
    groupForExport(files).map((group) => async () => {
      const { exportFor } = await import("./exportImages.ts");
      await exportFor(
        services,
        group.map(({ uri }) => uri),
        group[0]?.target ?? "",
      );
    }),
  );
}
