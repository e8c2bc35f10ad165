import { defineConfig } from "vitest/config";

/**
 * The unit tests: plain Node, no VS Code. The tests in VS Code have runners of their own
 * (test/support).
 */
export default defineConfig({
  test: {
    include: ["test/{core,compare,fuzz,panel,protocol,imaging,sandbox,storage,support,build}/**/*.test.ts"],
    env: { TZ: "UTC" },
    testTimeout: 20_000,
    // Most of the time these tests wait for Chromium, a worker or another process, so no core need
    // be left for anything else.
    maxWorkers: "100%",
  },
});
