import { commands, l10n, Uri, window, workspace } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import type { CommandResult } from "../commands/commandResult.ts";
import type { CommandId } from "../ids.ts";
import type { Services } from "../services.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type PictureServices, withChosenFocus } from "./chosenFocus.ts";
import { type ExportedImage, readImageBytes, readImages } from "./readImages.ts";

const removeBackground: CommandId = "limn.removeBackground";

/** What looks at the pixels of images. */
interface TransparencyServices extends Pick<Services, "imaging"> {
  readonly ports: Pick<Ports, "probe" | "log">;
}

/**
 * Whether an image has transparent parts. One that cannot be decoded counts as such: nothing is
 * bought for it, and the export says which file is not made.
 */
async function isTransparent({ imaging, ports }: TransparencyServices, image: ExportedImage): Promise<boolean> {
  if (!image.hasAlpha) {
    return false;
  }
  const bytes = await readImageBytes(image.uri);
  try {
    return !(await imaging.isOpaque({ bytes }));
  } catch (error) {
    ports.log.warn(`The transparency of ${shownPath(image.uri)} could not be looked at: ${String(error)}`);
    return true;
  }
}

/**
 * The image, or the result of *Remove Background…* with its name, if the target is made for a
 * transparent background, the image has none, and the user wants that. Rejects with kind `stopped`
 * if the user cancels, or no background was removed.
 */
export async function transparentImage(
  services: PictureServices & TransparencyServices,
  image: ExportedImage,
  target: ExportTarget,
): Promise<ExportedImage> {
  // The result is saved beside the image.
  const isInWorkspace = workspace.getWorkspaceFolder(image.uri) !== undefined;
  if (target.isTransparent !== true || !isInWorkspace) {
    return image;
  }
  if (await isTransparent(services, image)) {
    return image;
  }
  const { backgroundChoices } = await import("../tools/toolRequests.ts");
  const { journal } = services.jobs;
  await journal.ready();
  const picked = await window.showQuickPick(backgroundChoices(journal.list(), image.pixels), {
    title: l10n.t("Export: {0}", target.name),
    placeHolder: l10n.t("{0} has no transparency. Remove its background first?", shownPath(image.uri)),
  });
  if (picked?.removes === false) {
    return image;
  }
  const result = picked && (await commands.executeCommand<CommandResult | undefined>(removeBackground, image.uri));
  const [made] = await readImages(
    services,
    (result?.files ?? []).map((file) => Uri.parse(file)),
  );
  if (made === undefined) {
    throw stoppedError();
  }
  const { focus } = await withChosenFocus(services, image);
  return { ...made, name: image.name, ...(focus === undefined ? {} : { focus }) };
}
