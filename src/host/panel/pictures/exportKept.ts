import { Uri } from "vscode";
import type { Job } from "../../../core/jobs/job.ts";
import { exportForTargets } from "../../export/exportForTargets.ts";
import type { PanelContext } from "../panelContext.ts";

/** A picture that was kept as a file. */
export interface KeptPicture {
  readonly job: Job;
  /** URI of the file. */
  readonly uri: string;
}

/** Writes the files of the targets that kept pictures were made for; see `exportForTargets`. */
export const exportKept = ({ services }: PanelContext, pictures: readonly KeptPicture[]): Promise<void> =>
  exportForTargets(
    services,
    pictures.flatMap(({ job: { request }, uri }) =>
      request.exportTarget === undefined ? [] : [{ target: request.exportTarget, uri: Uri.parse(uri) }],
    ),
  );
