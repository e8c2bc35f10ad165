/** What the page of a compare tab is made of; links are those a webview may load. */
export interface WebviewHtmlOptions {
  readonly script: string;
  /** The style sheet of the icons. */
  readonly icons: string;
  /** What VS Code calls the webview's own files in a Content Security Policy. */
  readonly cspSource: string;
  readonly nonce: string;
  /** Language of VS Code, as BCP 47. */
  readonly language: string;
  /** A further source of pictures, such as `blob:`. */
  readonly extraImageSource?: string;
  /** Translated texts by their English ones; none for English. */
  readonly texts?: Readonly<Record<string, string>>;
}

const escapeAttribute = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/**
 * The page's text. Nothing in it comes from files or people: names and pictures are sent once it
 * listens.
 */
export function webviewHtml({
  script,
  icons,
  cspSource,
  nonce,
  language,
  extraImageSource,
  texts = {},
}: WebviewHtmlOptions): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    ["img-src", cspSource, ...(extraImageSource === undefined ? [] : [extraImageSource])].join(" "),
    // What `default-src` does not cover. Source: Content Security Policy Level 3, 6.3.
    "base-uri 'none'",
    "form-action 'none'",
    // A text becomes HTML nowhere but in the templates of lit, whose values stay text. Source:
    // Trusted Types; lit's documentation.
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ];
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Limn</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${icons}">
</head>
<body data-l10n="${escapeAttribute(JSON.stringify(texts))}">
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
