import { defineConfig } from "vitest/config";

/** The end-to-end tests. Each file has its own VS Code. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/support/e2e/globalSetup.ts"],
    setupFiles: ["test/support/e2e/screenshotOnFailure.ts"],
    // A workbench uses one and a half cores, so two at a time would take as long.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TZ: "UTC" },
  },
});
