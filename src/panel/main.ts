// The page of the side bar: what dist/panel.js begins at.
import { createLiveRegion } from "./announce.ts";
import "./app.ts";
import { ignoreKeyRepeat } from "./keyRepeat.ts";
import { pageStyle } from "./pageStyle.ts";

if (pageStyle.styleSheet !== undefined) {
  document.adoptedStyleSheets.push(pageStyle.styleSheet);
}
createLiveRegion();
ignoreKeyRepeat();
document.body.append(document.createElement("limn-app"));
