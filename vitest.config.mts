import { defineConfig } from "vitest/config";

/** The unit tests: Node, no VS Code. The other tests have runners in test/support. */
export default defineConfig({
  test: {
    include: ["test/{core,compare,fuzz,panel,protocol,imaging,sandbox,storage,support,build}/**/*.test.ts"],
    env: { TZ: "UTC" },
    testTimeout: 20_000,
    // These tests mostly wait for Chromium, a worker or another process, so no core is kept free.
    maxWorkers: "100%",
  },
});
