import { webviewHtml } from "../../../src/host/ui/webviewHtml.ts";
import type { PageResponse } from "../../support/pageServer.ts";
import { bodyClass, type Theme, themeStyle } from "./themes.ts";
import { thumbnail } from "./thumbnail.ts";

/** Origin of the page, a secure context as in VS Code. The tests answer every request to it. */
export const origin = "http://panel.localhost";

const nonce = "dGVzdHMgb25seQ";

/**
 * The panel's own page, with the fake host before its script, and the theme that VS Code would give
 * it.
 */
const html = (theme: Theme, scripts: readonly string[], texts: Readonly<Record<string, string>>): string =>
  webviewHtml({
    scripts: scripts.map((name) => `${origin}/${name}`),
    icons: `${origin}/codicon.css`,
    cspSource: origin,
    nonce,
    language: "en",
    imageSource: "blob:",
    texts,
  })
    .replace("</title>", `</title>\n<link rel="stylesheet" href="${origin}/theme.css">`)
    .replace(
      /<body(.*)>/,
      `<body$1 class="${bodyClass(theme)}" data-vscode-theme-kind="${bodyClass(theme)}" role="document">
<script nonce="${nonce}" src="${origin}/fakeHost.js"></script>`,
    );

/** Whether the page loads the file itself. */
const isScript = (name: string): boolean => /^panel.*\.js$/u.test(name);

/** The response for a path of the page; `undefined` if there is none. */
export function responseFor(
  path: string,
  theme: Theme,
  files: Readonly<Record<string, string | Buffer>>,
  texts: Readonly<Record<string, string>>,
): PageResponse | undefined {
  if (path === "/") {
    return { contentType: "text/html", body: html(theme, Object.keys(files).filter(isScript), texts) };
  }
  if (path === "/theme.css") {
    return { contentType: "text/css", body: themeStyle(theme) };
  }
  if (path.startsWith("/thumbnails/")) {
    return { contentType: "image/svg+xml", body: thumbnail(path.slice("/thumbnails/".length)) };
  }
  const body = files[path.slice(1)];
  const contentType = { js: "text/javascript", css: "text/css", ttf: "font/ttf" }[path.split(".").at(-1) ?? ""];
  return body === undefined || contentType === undefined ? undefined : { contentType, body, isConstant: true };
}
