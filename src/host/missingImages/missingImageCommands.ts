// Entry of dist/missingImageCommands.js, which the commands for missing images and drafts load.
import "../ui/l10nBundle.ts";

export { makeDraft } from "../draftImages/makeDraft.ts";
export { makeDrafts } from "../draftImages/makeDrafts.ts";
export { renderDrafts } from "../draftImages/renderDrafts.ts";
export { generateAllMissingInFile, generateAllMissingInWorkspace } from "./generateAllMissing.ts";
export { generateMissingImage } from "./generateMissingImage.ts";
