import { defineConfig } from "vitest/config";

/** The end-to-end tests. Each file has its own VS Code. */
export default defineConfig({
  // A developer may run unit tests at the same time; they write to Vitest's default folder.
  cacheDir: "node_modules/.vite-e2e",
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/support/e2e/globalSetup.ts"],
    setupFiles: ["test/support/e2e/screenshotOnFailure.ts"],
    // A workbench uses one and a half cores, so two at a time would take as long.
    fileParallelism: false,
    // All files run in one process: a new one would load Playwright and the helpers for each file.
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    env: { TZ: "UTC" },
  },
});
