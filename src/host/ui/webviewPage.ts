import { randomBytes } from "node:crypto";
import { env, l10n, Uri, type Webview } from "vscode";
import { type WebviewHtmlOptions, webviewHtml } from "./webviewHtml.ts";

/** A page among the files of the built extension. */
export interface WebviewPage extends Pick<WebviewHtmlOptions, "imageSource" | "place"> {
  /** File names of its scripts, such as `panel.js`, and of what they import. */
  readonly scripts: readonly string[];
}

/** HTML of a page in VS Code's language. `dist` is the folder of the built extension. */
export function webviewPage(webview: Webview, dist: Uri, { scripts, ...options }: WebviewPage): string {
  const link = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  return webviewHtml({
    ...options,
    scripts: scripts.map(link),
    icons: link("codicon.css"),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
    language: env.language,
    texts: l10n.bundle ?? {},
  });
}
