import { Uri } from "vscode";
import { checkFileTarget } from "../imageRows/fileTarget.ts";
import { modelFromSettings } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { labelledPath } from "../workspace/workspaceFolders.ts";
import { parseMissingImage } from "./missingImage.ts";
import { sizeOfLink } from "./missingRow.ts";

/**
 * Shows the panel with a request for an image that a document links to: prompt, size, format and
 * path. Buys nothing. Throws a `LimnError` if no picture can be saved at that path.
 */
export async function generateMissingImage({ family, fillDraft }: Services, argument?: unknown): Promise<void> {
  const missing = parseMissingImage(argument);
  const { root, path, format } = await checkFileTarget(Uri.parse(missing.file));
  const shape = sizeOfLink(modelFromSettings(family), missing);
  fillDraft.fire({
    prompt: missing.prompt,
    path: labelledPath(root, path),
    count: 1,
    ...(format === undefined ? {} : { format }),
    ...(shape === undefined ? {} : { shape }),
  });
}
