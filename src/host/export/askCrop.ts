import { posix } from "node:path";
import { l10n, Uri, ViewColumn, window } from "vscode";
import type { Pixels } from "../../core/models/size.ts";
import type { Focus } from "../../core/targets/crop.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { type CropPageMessage, type CropShape, parseCropPageIntent } from "../../protocol.ts";
import type { Services } from "../services.ts";
import { webviewPage } from "../ui/webviewPage.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type ExportedImage, readImageBytes } from "./readImages.ts";

/** VS Code's id for the tab that moves the crop of an image. */
const cropPageType = "limn.moveCrop";

/** The shapes with the parts that draw the eye. Rejects with the error of the image process. */
async function findAttention(
  { imaging }: Pick<Services, "imaging">,
  bytes: Uint8Array,
  pixels: Pixels,
  shapes: readonly [Pixels, ...Pixels[]],
): Promise<readonly [CropShape, ...CropShape[]]> {
  const find = async (target: Pixels) => ({
    ...target,
    attention: await imaging.findAttention({ bytes, pixels, target }),
  });
  const [first, ...others] = shapes;
  return [await find(first), ...(await Promise.all(others.map(find)))];
}

/**
 * Lets the user move the crop of an image in a tab. Resolves to the image with the focus that was
 * chosen, or without one if Limn should decide; `undefined` if the user cancels or closes the tab.
 * Rejects with a `LimnError` or the error of the image process if the image cannot be read.
 *
 * @param shapes what the target crops it to, the one that loses most first.
 */
export async function askCrop(
  services: Pick<Services, "dist" | "imaging">,
  { focus: chosen, ...image }: ExportedImage,
  target: ExportTarget,
  shapes: readonly [Pixels, ...Pixels[]],
): Promise<ExportedImage | undefined> {
  const { dist } = services;
  const { uri, pixels: source } = image;
  const bytes = Uint8Array.from(await readImageBytes(uri));
  const found = findAttention(services, bytes, source, shapes);
  // Awaited when the page is ready, and until then an error would count as unhandled.
  found.catch(() => undefined);
  let focus: Focus | undefined = chosen;
  const messageOf = async (): Promise<CropPageMessage> => ({
    ...{ bytes, label: shownPath(uri), source },
    view: {
      target: escapeBidiControls(target.name),
      shapes: await found,
      ...(focus === undefined ? {} : { focus }),
      ...(target.safeZone === undefined ? {} : { safeZone: target.safeZone }),
    },
  });
  const title = l10n.t("Crop {0}", posix.basename(uri.path));
  const options = { enableScripts: true, localResourceRoots: [dist] };
  const panel = window.createWebviewPanel(cropPageType, title, ViewColumn.Active, options);
  panel.iconPath = Uri.joinPath(dist, "../media/icon.png");
  const { promise, resolve, reject } = Promise.withResolvers<"use" | "cancel">();
  panel.onDidDispose(() => resolve("cancel"));
  panel.webview.onDidReceiveMessage((message: unknown) => {
    const intent = parseCropPageIntent(message);
    if (intent?.type === "ready") {
      // VS Code loads the page of a hidden tab again; it then shows the crop where it is now.
      messageOf()
        .then((message) => panel.webview.postMessage(message))
        .catch(reject);
    } else if (intent?.type === "moveCrop") {
      focus = intent.focus;
    } else if (intent !== undefined) {
      resolve(intent.type);
    }
  });
  panel.webview.html = webviewPage(panel.webview, dist, { scripts: ["cropPage.js"], imageSource: "blob:" });
  try {
    return (await promise) === "cancel" ? undefined : { ...image, ...(focus === undefined ? {} : { focus }) };
  } finally {
    panel.dispose();
  }
}
