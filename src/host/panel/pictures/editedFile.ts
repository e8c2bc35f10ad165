import { Uri, workspace } from "vscode";
import type { Job } from "../../../core/jobs/job.ts";

/** Whether a URI belongs to a folder that is open. */
export const isInWorkspace = (uri: string): boolean => workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined;

/** URI of the first reference that is a workspace file: a picture of the job can replace it. */
export const editedFile = ({ request }: Job, isWorkspaceFile = isInWorkspace): string | undefined =>
  request.references.map(({ source }) => source).find((source) => source !== undefined && isWorkspaceFile(source));
