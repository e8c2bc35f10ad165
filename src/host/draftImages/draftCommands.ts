// Entry of dist/draftCommands.js: what makes drafts.
import "../ui/l10nBundle.ts";

export { loadRowReferences } from "../imageRows/rowReferences.ts";
export { keptReference } from "./keptReference.ts";
export { makeDraftInSteps, makeDraftOfAnswers, makeDraftOfForm } from "./makeDraftOf.ts";
export { makeDrafts } from "./makeDrafts.ts";
