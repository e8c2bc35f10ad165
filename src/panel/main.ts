// The page of the side bar: what dist/panel.js begins at.
import "../webview/l10n.ts";
import { createLiveRegion } from "./shared/announce.ts";
import "./app.ts";
import { pageStyle } from "./pageStyle.ts";
import { ignoreKeyRepeat } from "./shared/keyRepeat.ts";

if (pageStyle.styleSheet !== undefined) {
  document.adoptedStyleSheets.push(pageStyle.styleSheet);
}
createLiveRegion();
ignoreKeyRepeat();
document.body.append(document.createElement("limn-app"));
