/** What the HTML of a page needs. Links are URIs that the webview may load. */
export interface WebviewHtmlOptions {
  /** Links to the scripts. They are modules, and the first one imports the others. */
  readonly scripts: readonly string[];
  /** Link to the style sheet of the icons. */
  readonly icons: string;
  /** The webview's own files in a Content Security Policy. */
  readonly cspSource: string;
  readonly nonce: string;
  /** Language of VS Code, as BCP 47. */
  readonly language: string;
  /** One more source of images, such as `blob:`. */
  readonly imageSource?: string;
  /** Where the page is, for its style. */
  readonly place?: string | undefined;
  /** Translated texts by their English ones; empty for English. */
  readonly texts?: Readonly<Record<string, string>>;
}

const escapeAttribute = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/**
 * HTML of a web page. It holds nothing from files or from the user: such data is sent after the
 * page's `ready`.
 */
export function webviewHtml({
  scripts,
  icons,
  cspSource,
  nonce,
  language,
  imageSource = "",
  place = "",
  texts = {},
}: WebviewHtmlOptions): string {
  // `default-src` does not cover the base and forms (Content Security Policy Level 3, 6.3). Only
  // templates of lit may create HTML; their values stay text (Trusted Types; lit's documentation).
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} ${imageSource}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ];
  const start = `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<title>Limn</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${icons}">
</head>
<body data-place="${place}" data-l10n="${escapeAttribute(JSON.stringify(texts))}">`;
  const tags = scripts.map((src) => `<script type="module" nonce="${nonce}" src="${src}"></script>`);
  return [start, ...tags, "</body></html>"].join("\n");
}
