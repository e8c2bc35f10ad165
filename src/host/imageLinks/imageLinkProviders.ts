// Entry of dist/imageLinkProviders.js, which is loaded when the cursor or the mouse is at the name
// of an image, and for the check of their weights.
import "../ui/l10nBundle.ts";

export { imageHover } from "../hover/imageHover.ts";
export { startWeightCheck } from "../imageWeights/weightCheck.ts";
export { imageActions } from "./imageActions.ts";
