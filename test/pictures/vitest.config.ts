import { defineConfig } from "vitest/config";
import endToEnd from "../e2e/vitest.config.ts";

/** Takes the pictures of the README, with the workbench of the end-to-end tests. */
export default defineConfig({ ...endToEnd, test: { ...endToEnd.test, include: ["test/pictures/*.test.ts"] } });
