import { afterEach } from "vitest";
import { screenshotAll } from "./workbench.ts";

/**
 * What a person would have seen when a test failed, since the sentence of an assertion seldom tells
 * why.
 */
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") {
    for (const path of await screenshotAll(`failed ${task.name}`)) {
      console.error(`What was on the screen: ${path}`);
    }
  }
});
