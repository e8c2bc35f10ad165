import { Uri } from "vscode";
import type { Job } from "../../../core/jobs/job.ts";
import type { PanelContext } from "../panelContext.ts";
import { doEach } from "./doEach.ts";

/** A picture that was kept as a file. */
export interface KeptPicture {
  readonly job: Job;
  /** URI of the file. */
  readonly uri: string;
}

/**
 * Writes the files of the targets that kept pictures were made for, beside the pictures: one export
 * with one undo for each target and folder. One that fails or is canceled does not end the others.
 */
export async function exportKept({ services }: PanelContext, pictures: readonly KeptPicture[]): Promise<void> {
  const forTarget = pictures.flatMap(({ job: { request }, uri }) =>
    request.exportTarget === undefined ? [] : [{ target: request.exportTarget, uri: Uri.parse(uri) }],
  );
  const groups = Map.groupBy(forTarget, ({ target, uri }) => JSON.stringify([target, Uri.joinPath(uri, "..")]));
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
