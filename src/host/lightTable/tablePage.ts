import { Uri, type Webview } from "vscode";
import { webviewPage } from "../ui/webviewPage.ts";
import type { LightTableDeps } from "./lightTableDeps.ts";

/** Loads the page of the light table. `copies`: folder of compared pictures, which it may read. */
export function loadTablePage(webview: Webview, deps: LightTableDeps, copies: string): void {
  const { dist, vault, thumbnails, fallbackFolders } = deps;
  const folders = [copies, vault, thumbnails, ...fallbackFolders];
  webview.options = {
    enableScripts: true,
    localResourceRoots: [dist, ...folders.map((folder) => Uri.file(folder))],
  };
  webview.html = webviewPage(webview, dist, { scripts: ["lightTable.js", "lightTable-chunk.js"] });
}
