// Entry of dist/panel.js: the page of the side bar, up to the end of its form.
import "../webview/l10n.ts";
import { createLiveRegion } from "../webview/announce.ts";
import "./app.ts";
import { adoptStyle } from "../webview/adoptStyle.ts";
import { ignoreKeyRepeat } from "../webview/keyRepeat.ts";
import { pageStyle } from "./pageStyle.ts";

adoptStyle(pageStyle);
createLiveRegion();
ignoreKeyRepeat();
document.body.append(document.createElement("limn-app"));
