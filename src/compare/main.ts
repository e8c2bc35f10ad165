// The page of a compare tab: what dist/compare.js begins at.
import "../webview/l10n.ts";
import "./compare.ts";

document.body.append(document.createElement("limn-compare"));
