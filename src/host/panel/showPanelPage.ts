import { Uri } from "vscode";
import type { LimnContext } from "../limnContext.ts";
import { thumbnailsFolder } from "../storage/storagePaths.ts";
import { waitUntilReceived } from "../ui/waitUntilReceived.ts";
import { webviewPage } from "../ui/webviewPage.ts";
import type { MessageHandler, PageHolder, PagePlace } from "./connectedPage.ts";

/**
 * Shows the page of the panel, then loads the panel and connects it, so that the page and the rest
 * of Limn are loaded side by side. Messages of the page wait for the panel.
 * @throws what `loadPanel` throws; VS Code then shows the error in the view.
 */
export async function showPanelPage(
  view: PageHolder,
  { extensionUri, globalStorageUri }: Pick<LimnContext, "extensionUri" | "globalStorageUri">,
  loadPanel: () => Promise<{ connect(holder: PageHolder): MessageHandler }>,
  place?: PagePlace,
): Promise<void> {
  const { webview } = view;
  const dist = Uri.joinPath(extensionUri, "dist");
  let isDisposed = false;
  view.onDidDispose(() => {
    isDisposed = true;
  });
  const { promise: connected, resolve } = Promise.withResolvers<MessageHandler>();
  webview.onDidReceiveMessage(async (message: unknown) => (await connected)(message));
  webview.options = {
    enableScripts: true,
    localResourceRoots: [dist, Uri.file(thumbnailsFolder(globalStorageUri.fsPath))],
  };
  // VS Code shows the page, and sends it messages, when these have run. So they are only what the
  // form needs: dist/panel.js imports the rest.
  // Pasted pictures are shown from a blob before the host has them.
  webview.html = webviewPage(webview, dist, {
    scripts: ["panel.js", "panel-chunk.js"],
    imageSource: "blob:",
    place,
  });
  // Loading Limn blocks this process, and what it has not sent by then waits.
  await waitUntilReceived();
  const panel = await loadPanel();
  if (!isDisposed) resolve(panel.connect(view));
}
