import { l10n, Uri, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { splitExtension } from "../../core/files/naming.ts";
import type { Model } from "../../core/models/model.ts";
import { nearestSize } from "../../core/models/size.ts";
import type { DraftFields } from "../../protocol.ts";
import { modelFromSettings } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { pathError } from "../workspace/pathError.ts";
import { checkWritable } from "../workspace/saveLocation.ts";
import { labelledPath } from "../workspace/workspaceFolders.ts";
import { type MissingImage, missingImageSchema } from "./missingImage.ts";

/** The model's size for the pixels of the link; `undefined` if the link names none of them. */
function shapeOf(model: Model, { width, height }: MissingImage): DraftFields["shape"] {
  if (width === undefined || height === undefined) {
    return undefined;
  }
  const size = nearestSize(model, { width, height });
  return { width: size.width, height: size.height };
}

/**
 * Shows the panel with a request for an image that a document links to: prompt, size, format and
 * path. Buys nothing. Throws a `LimnError` if no picture can be saved at that path.
 */
export async function generateMissingImage({ family, fillDraft }: Services, argument?: unknown): Promise<void> {
  const missing = missingImageSchema.safeParse(argument).data;
  if (missing === undefined) {
    throw new LimnError(
      "input",
      l10n.t("This command needs a link to a missing image. Use the light bulb at the link."),
    );
  }
  const file = Uri.parse(missing.file);
  const root = workspace.getWorkspaceFolder(file);
  if (root === undefined) {
    throw pathError(l10n.t("The path leads out of the workspace folder. Choose one inside it."));
  }
  const problem = await checkWritable(Uri.joinPath(file, ".."));
  if (problem !== undefined) {
    throw pathError(problem);
  }
  const path = file.path.slice(root.uri.path.length).replace(/^\//, "");
  const { format } = splitExtension(path);
  const shape = shapeOf(modelFromSettings(family), missing);
  fillDraft.fire({
    prompt: missing.prompt,
    path: labelledPath(root, path),
    count: 1,
    ...(format === undefined ? {} : { format }),
    ...(shape === undefined ? {} : { shape }),
  });
}
