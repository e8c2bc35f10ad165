import { afterEach } from "vitest";
import { screenshotAll } from "./workbench.ts";

/** Takes screenshots when a test fails, since the assertion's message seldom shows why. */
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") {
    for (const path of await screenshotAll(`failed ${task.name}`)) {
      console.error(`Screenshot: ${path}`);
    }
  }
});
