import { Uri, workspace } from "vscode";
import type { Job, Picture } from "../../../core/jobs/job.ts";
import { formatOfName } from "../../../core/pictures/pictureFormat.ts";
import { findTool } from "../../../core/tools/tools.ts";

/** Whether a URI belongs to a folder that is open. */
export const isInWorkspace = (uri: string): boolean => workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined;

/** URI of the first reference that is a workspace file: a picture of the job can replace it. */
export const editedFile = ({ request }: Job, isWorkspaceFile = isInWorkspace): string | undefined =>
  request.references.map(({ source }) => source).find((source) => source !== undefined && isWorkspaceFile(source));

/** Whether a file would lose the transparency that a tool has made: a JPEG file has none. */
export const losesTransparency = ({ request: { tool } }: Job, { hasAlpha }: Picture, file: string): boolean =>
  hasAlpha === true &&
  tool !== undefined &&
  findTool(tool)?.makesTransparency === true &&
  formatOfName(Uri.parse(file).path) === "JPG";
