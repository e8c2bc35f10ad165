// Entry of dist/panel-onDemand.js: what the sheet loads when the user opens a menu, the table of
// keys or the settings of a picture, or selects several pictures.
import "./menu/keys.ts";
import "./menu/menu.ts";

export { menuOf } from "./menu/pictureMenu.ts";
export { pictureSettings } from "./pictureSettings.ts";
export { describeSeveral, offeredActions } from "./severalActions.ts";
export { severalDetails } from "./severalDetails.ts";
