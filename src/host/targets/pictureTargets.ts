// Entry of dist/targets.js: size, target and crops of pictures. The steps and the pages load it.
import "../ui/l10nBundle.ts";

export { sizeStep } from "../flow/sizeStep.ts";
export { CropViews } from "./cropViews.ts";
export { previewTarget, promptLimitsFor, requestForTarget, targetViews } from "./draftTarget.ts";
export { fittingFiles } from "./fittingFiles.ts";
export { offeredTargets } from "./offeredTargets.ts";
export { rowTarget } from "./rowTarget.ts";
