import { Uri } from "vscode";
import type { Job } from "../../../core/jobs/job.ts";
import type { Services } from "../../services.ts";
import type { PanelContext } from "../panelContext.ts";
import { doEach } from "./doEach.ts";

/** A picture that was kept as a file. */
export interface KeptPicture {
  readonly job: Job;
  /** URI of the file. */
  readonly uri: string;
}

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
      const { exportFor } = await import("../../export/exportImages.ts");
      await exportFor(
        services,
        group.map(({ uri }) => uri),
        group[0]?.target ?? "",
      );
    }),
  );
}

/** Writes the files of the targets that kept pictures were made for; see `exportForTargets`. */
export const exportKept = ({ services }: PanelContext, pictures: readonly KeptPicture[]): Promise<void> =>
  exportForTargets(
    services,
    pictures.flatMap(({ job: { request }, uri }) =>
      request.exportTarget === undefined ? [] : [{ target: request.exportTarget, uri: Uri.parse(uri) }],
    ),
  );
