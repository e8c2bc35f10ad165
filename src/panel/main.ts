// Entry of dist/panel.js: the page of the side bar, which loads what is below its form meanwhile.
import "../webview/l10n.ts";
import { createLiveRegion } from "../webview/announce.ts";
import "./app.ts";
import { adoptStyle } from "../webview/adoptStyle.ts";
import { ignoreKeyRepeat } from "../webview/keyRepeat.ts";
import { pageStyle } from "./pageStyle.ts";

void import("./belowForm.ts");
adoptStyle(pageStyle);
createLiveRegion();
ignoreKeyRepeat();
document.body.append(document.createElement("limn-app"));
