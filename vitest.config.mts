import { defineConfig } from "vitest/config";

const include = ["test/{core,lightTable,fuzz,panel,imaging,sandbox,storage,build}/**/*.test.ts"];
/** These replace modules, which would affect the other files of the process. */
export const isolated = ["test/storage/powerCut.test.ts"];

/** The unit tests: Node, no VS Code. The other tests have runners in test/support. */
export default defineConfig({
  test: {
    // Files share the modules, Chromium and the image process of their process: starting these for
    // each file takes longer than many of its tests.
    projects: [
      { extends: true, test: { name: "shared", include, exclude: isolated, isolate: false } },
      { extends: true, test: { name: "isolated", include: isolated } },
    ],
    env: { TZ: "UTC" },
    setupFiles: process.env.LIMN_FUZZ_RUNS === undefined ? [] : ["test/support/propertyRuns.ts"],
    // Long enough for a machine that is busy with other work.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // These tests mostly wait for Chromium, a worker or another process, so no core is kept free.
    maxWorkers: "100%",
  },
});
