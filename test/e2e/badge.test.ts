import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { generate } from "../support/e2e/generateFlow.ts";
import { showPanel } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "sandbox", "limn.openAfterSaving": false },
  });
});

afterAll(async () => {
  await workbench?.close();
});

it("shows the number of running jobs on the icon, before and after the panel is opened", async () => {
  const { page } = workbench;
  const count = () => page.getByRole("tab", { name: /^Limn/ }).locator(".badge-content").innerText();
  await generate(workbench, "A badge of one");
  await expect.poll(count, { timeout: 30_000 }).toBe("1");
  await workbench.screenshot("panel-badge");
  await expect.poll(count, { timeout: 30_000 }).toBe("");
  await showPanel(workbench);
  await generate(workbench, "A badge of one again");
  await expect.poll(count, { timeout: 30_000 }).toBe("1");
  await expect.poll(count, { timeout: 30_000 }).toBe("");
});
