// Entry of dist/lightTable.js: the page of the light table.
import "../webview/l10n.ts";
import { adoptStyle } from "../webview/adoptStyle.ts";
import { createLiveRegion } from "../webview/announce.ts";
import { ignoreKeyRepeat } from "../webview/keyRepeat.ts";
import "./lightTable.ts";
import { pageStyle } from "./pageStyle.ts";

adoptStyle(pageStyle);
createLiveRegion();
ignoreKeyRepeat();
document.body.append(document.createElement("limn-light-table"));
