import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";

/**
 * Image worker and fonts of all sandboxes that this process runs. An idle worker does not keep the
 * process alive, so no test disposes of it.
 */
export const sandboxDeps = sandboxDepsFromSources();
