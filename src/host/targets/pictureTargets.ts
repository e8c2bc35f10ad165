// Entry of dist/targets.js: size and target of a new picture. The steps and the panel load it.
import "../ui/l10nBundle.ts";

export { sizeStep } from "../flow/sizeStep.ts";
export { previewTarget, promptLimitsFor, requestForTarget, targetViews } from "./draftTarget.ts";
export { offeredTargets } from "./offeredTargets.ts";
