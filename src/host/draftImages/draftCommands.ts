// Entry of dist/draftCommands.js: what makes drafts.
import "../ui/l10nBundle.ts";

export { makeDraftInSteps, makeDraftOfAnswers, makeDraftOfForm } from "./makeDraftOf.ts";
export { makeDrafts } from "./makeDrafts.ts";
