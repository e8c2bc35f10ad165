import { randomBytes } from "node:crypto";
import { env, Uri, type Webview } from "vscode";
import { pageText } from "../compare/page.ts";

/** The panel's page. `dist` is the folder of the built extension. */
export function pageHtml(webview: Webview, dist: Uri): string {
  const link = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  return pageText({
    script: link("panel.js"),
    icons: link("codicon.css"),
    source: webview.cspSource,
    // Pictures that were pasted are shown before the host has them.
    images: "blob:",
    nonce: randomBytes(16).toString("base64url"),
    language: env.language,
  });
}
