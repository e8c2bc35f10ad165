import { posix } from "node:path";
import { l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { mediaTypeOf } from "../../core/links/dataUri.ts";
import { type CopyPageMessage, type CopyPageState, parseCopyPageState } from "../../protocol.ts";
import { webviewPage } from "../ui/webviewPage.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { readShownImage } from "./embeddedImages.ts";

/** VS Code's id for the tab that copies an image. */
const copyPageType = "limn.copyImage";

/** How long the message is in the status bar, in ms. */
const statusBarTime = 10_000;

/** Sends the page the image. Resolves to what it has done; `undefined` if the user closes it. */
function outcomeOf({ webview, onDidDispose }: WebviewPanel, image: CopyPageMessage) {
  return new Promise<CopyPageState | undefined>((resolve) => {
    onDidDispose(() => resolve(undefined));
    webview.onDidReceiveMessage((message: unknown) => {
      const state = parseCopyPageState(message);
      if (state === "ready") {
        void webview.postMessage(image);
      } else if (state !== undefined) {
        resolve(state);
      }
    });
  });
}

/**
 * Puts an image file on the clipboard, as PNG: the first frame of an animation. VS Code lets only a
 * page that has the focus do that, so a tab shows the image until it is done.
 *
 * @param dist the folder of the built extension.
 * @throws LimnError of kind `files` if the image cannot be read or converted, of kind `stopped` if
 * the user closes the tab before.
 */
export async function copyAsPng(dist: Uri, file: Uri): Promise<void> {
  const label = shownPath(file);
  const { bytes, format } = await readShownImage(file);
  const title = l10n.t("Copy {0}", posix.basename(file.path));
  const options = { enableScripts: true, localResourceRoots: [dist] };
  const panel = window.createWebviewPanel(copyPageType, title, ViewColumn.Active, options);
  panel.iconPath = Uri.joinPath(dist, "../media/icon.png");
  try {
    const outcome = outcomeOf(panel, { bytes, mediaType: mediaTypeOf(format), label });
    panel.webview.html = webviewPage(panel.webview, dist, { scripts: ["copyPage.js"], imageSource: "blob:" });
    const state = await outcome;
    if (state === undefined) {
      throw stoppedError();
    }
    if (state === "failed") {
      throw new LimnError("files", l10n.t("{0} could not be read or converted to PNG, so it was not copied.", label));
    }
    window.setStatusBarMessage(l10n.t("Copied {0} as PNG", label), statusBarTime);
  } finally {
    panel.dispose();
  }
}
