import { randomBytes } from "node:crypto";
import { env, l10n, Uri, type Webview } from "vscode";
import { webviewHtml } from "../ui/webviewHtml.ts";

/** The panel's page. `dist` is the folder of the built extension. */
export function pageHtml(webview: Webview, dist: Uri): string {
  const link = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  return webviewHtml({
    script: link("panel.js"),
    icons: link("codicon.css"),
    cspSource: webview.cspSource,
    // Pictures that were pasted are shown before the host has them.
    extraImageSource: "blob:",
    nonce: randomBytes(16).toString("base64url"),
    language: env.language,
    texts: l10n.bundle ?? {},
  });
}
