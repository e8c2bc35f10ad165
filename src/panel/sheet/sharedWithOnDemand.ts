// What panel-belowForm.js exports to panel-onDemand.js, see `sharedByPanel` in build/panel.mjs:
// lit must exist once in a page, and the texts are loaded once.
export { t } from "@vscode/l10n";
export { css, html, LitElement, nothing } from "lit";
export { repeat } from "lit/directives/repeat.js";
export { formatUsd } from "../../core/money/usd.ts";
export { maxManyPictures } from "../../core/sheet/manyPictures.ts";
export { formatName } from "../../core/text/formatName.ts";
export { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
export { focusedElement } from "../shared/focusedElement.ts";
export { modifierKey } from "../shared/modifierKey.ts";
export { copyActions, isOffered, pictureActions } from "./actions.ts";
