// Entry of dist/missingImageCommands.js, which the commands for missing images load.
import "../ui/l10nBundle.ts";

export { generateAllMissingInFile, generateAllMissingInWorkspace } from "./generateAllMissing.ts";
export { generateMissingImage } from "./generateMissingImage.ts";
