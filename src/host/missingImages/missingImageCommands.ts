// Entry of dist/missingImageCommands.js: the commands for missing images and drafts, and what
// replaces a draft.
import "../ui/l10nBundle.ts";

export { makeDraft } from "../draftImages/makeDraft.ts";
export { makeDrafts } from "../draftImages/makeDrafts.ts";
export { renderDrafts } from "../draftImages/renderDrafts.ts";
export { replaceDraft } from "../draftImages/replaceDraft.ts";
export { generateAllMissingInFile, generateAllMissingInWorkspace } from "./generateAllMissing.ts";
export { generateMissingImage } from "./generateMissingImage.ts";
