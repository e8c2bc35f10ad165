import { Uri } from "vscode";
import type { Services } from "../services.ts";
import { doEach } from "../ui/doEach.ts";

/** A file, and the id of the target that it was made for. */
interface FileForTarget {
  readonly target: string;
  readonly uri: Uri;
}

/**
 * Writes the files of the targets that image files were made for, beside them: one export with one
 * undo for each target and folder. One that fails or is canceled does not end the others.
 */
export async function exportForTargets(services: Services, files: readonly FileForTarget[]): Promise<void> {
  const groups = Map.groupBy(files, ({ target, uri }) => JSON.stringify([target, Uri.joinPath(uri, "..")]));
  await doEach(
    [...groups.values()].map((group) => async () => {
      const { exportFor } = await import("./exportImages.ts");
      await exportFor(
        services,
        group.map(({ uri }) => uri),
        group[0]?.target ?? "",
      );
    }),
  );
}
