// Entry of dist/steps.js: requests and paths that are asked for step by step.
import "../ui/l10nBundle.ts";

export { askJobRequest } from "./askJobRequest.ts";
export { askTarget } from "./askTarget.ts";
