import { randomBytes } from "node:crypto";
import { env, l10n, Uri, type Webview } from "vscode";
import { type WebviewHtmlOptions, webviewHtml } from "./webviewHtml.ts";

/** A page among the files of the built extension. */
export interface WebviewPage extends Pick<WebviewHtmlOptions, "extraImageSource"> {
  /** File name of its script, such as `panel.js`. */
  readonly scriptName: string;
}

/** HTML of a page in VS Code's language. `dist` is the folder of the built extension. */
export function webviewPage(webview: Webview, dist: Uri, { scriptName, ...options }: WebviewPage): string {
  const link = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  return webviewHtml({
    ...options,
    script: link(scriptName),
    icons: link("codicon.css"),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
    language: env.language,
    texts: l10n.bundle ?? {},
  });
}
