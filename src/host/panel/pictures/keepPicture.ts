import type { Target } from "../../../core/request/request.ts";
import type { VaultPicture } from "../findPicture.ts";
import type { PanelContext } from "../panelContext.ts";
import { isInWorkspace } from "./editedFile.ts";

/** Keeps a picture. Rejects with kind `stopped` if the user cancels the question for a folder. */
export type KeepPicture = (found: VaultPicture) => Promise<string>;

/**
 * Returns a function that keeps pictures in the folders of their jobs. For those whose folder is
 * not open it asks for one: once, however many pictures it keeps.
 */
export function pictureKeeper({ services }: PanelContext): KeepPicture {
  let askedTarget: Promise<Target> | undefined;
  return async ({ job, picture }) => {
    const isFolderOpen = isInWorkspace(job.target.folder);
    askedTarget ??= isFolderOpen
      ? undefined
      : import("../../flow/steps.ts").then(({ askTarget }) => askTarget(services, job, picture));
    const target = isFolderOpen ? job.target : await askedTarget;
    return services.jobs.keep(job.taskUUID, picture, target);
  };
}
