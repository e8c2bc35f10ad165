import { bodyClass, type Theme, themeStyle } from "./themes.ts";
import { thumbnail } from "./thumbnail.ts";

/** Where the page seems to live; every request to it is answered by the tests. */
export const origin = "http://panel.test";

const nonce = "dGVzdHMgb25seQ";

/** As strict as the panel's own: script by nonce only, nothing inline, nothing from the net. */
const policy = [
  "default-src 'none'",
  `script-src 'nonce-${nonce}'`,
  `style-src ${origin}`,
  `font-src ${origin}`,
  `img-src ${origin} blob:`,
].join("; ");

function html(theme: Theme): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Limn</title>
<link rel="stylesheet" href="${origin}/theme.css">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${origin}/codicon.css">
</head>
<body class="${bodyClass(theme)}" data-vscode-theme-kind="${bodyClass(theme)}" role="document">
<script nonce="${nonce}" src="${origin}/fakeHost.js"></script>
<script nonce="${nonce}" src="${origin}/panel.js"></script>
</body>
</html>`;
}

/** An answer to a request of the page. */
export interface Answer {
  readonly contentType: string;
  readonly body: string | Buffer;
}

/** What lies at an address of the page; `undefined` where there is nothing. */
export function answerTo(
  path: string,
  theme: Theme,
  files: Readonly<Record<string, string | Buffer>>,
): Answer | undefined {
  if (path === "/") {
    return { contentType: "text/html", body: html(theme) };
  }
  if (path === "/theme.css") {
    return { contentType: "text/css", body: themeStyle(theme) };
  }
  if (path.startsWith("/thumbnails/")) {
    return { contentType: "image/svg+xml", body: thumbnail(path.slice("/thumbnails/".length)) };
  }
  const body = files[path.slice(1)];
  const contentType = { js: "text/javascript", css: "text/css", ttf: "font/ttf" }[path.split(".").at(-1) ?? ""];
  return body === undefined || contentType === undefined ? undefined : { contentType, body };
}
