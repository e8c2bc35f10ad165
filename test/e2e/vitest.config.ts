import { defineConfig } from "vitest/config";

/** A person's path through the real workbench: each file with a VS Code of its own. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/support/e2e/globalSetup.ts"],
    setupFiles: ["test/support/e2e/screenshotOnFailure.ts"],
    // A workbench takes a core and a half: two at once would only wait for each other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TZ: "UTC" },
  },
});
