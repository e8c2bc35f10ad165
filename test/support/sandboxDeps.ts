import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";
import { createUniqueDrawing } from "./uniquePictures.ts";

/**
 * Image worker and fonts of all sandboxes that this process runs. An idle worker does not keep the
 * process alive, so no test disposes of it.
 */
export const sandboxDeps = sandboxDepsFromSources();

/** The same, with one drawing per size and format for all pictures, which still differ. */
export const quickSandboxDeps = {
  ...sandboxDeps,
  imaging: { ...sandboxDeps.imaging, draw: createUniqueDrawing(sandboxDeps.imaging) },
};
