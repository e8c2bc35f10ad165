// Entry of dist/compare.js: the page of a compare tab.
import "../webview/l10n.ts";
import { adoptStyle } from "../webview/adoptStyle.ts";
import "./compare.ts";
import { pageStyle } from "./pageStyle.ts";

adoptStyle(pageStyle);
document.body.append(document.createElement("limn-compare"));
