import { defineConfig } from "vitest/config";

/** The unit tests: Node, no VS Code. The other tests have runners in test/support. */
export default defineConfig({
  test: {
    include: ["test/{core,compare,fuzz,panel,protocol,imaging,sandbox,storage,support,build}/**/*.test.ts"],
    env: { TZ: "UTC" },
    // Long enough for a machine that runs the other suites at the same time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // These tests mostly wait for Chromium, a worker or another process, so no core is kept free.
    maxWorkers: "100%",
  },
});
