// Entry of dist/missingImageCommands.js: the commands for missing images and their drafts, and what
// replaces drafts by pictures.
import "../ui/l10nBundle.ts";

export { makeDraft } from "../draftImages/makeDraft.ts";
export { renderDrafts } from "../draftImages/renderDrafts.ts";
export { replaceDraft } from "../draftImages/replaceDraft.ts";
export { generateAllMissingInFile, generateAllMissingInWorkspace } from "./generateAllMissing.ts";
export { generateMissingImage } from "./generateMissingImage.ts";
