// Entry of dist/imageLinkProviders.js, which is loaded when the cursor or the mouse is at the name
// of an image.
import "../ui/l10nBundle.ts";

export { imageHover } from "../hover/imageHover.ts";
export { missingImageActions } from "../missingImages/missingImageActions.ts";
