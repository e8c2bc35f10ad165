// The page of a compare tab: what dist/compare.js begins at.
import "./compare.ts";

document.body.append(document.createElement("limn-compare"));
