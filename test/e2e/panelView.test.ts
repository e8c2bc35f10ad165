import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { generate } from "../support/e2e/generateFlow.ts";
import { locatePanel, showPanel } from "../support/e2e/panel.ts";
import { waitForNewExtensionHost } from "../support/e2e/windows.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { extensionHostPids } from "../support/processesBelow.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: {
      "limn.engine": "sandbox",
      "limn.openAfterSaving": false,
      "workbench.colorTheme": "Default Dark Modern",
    },
  });
});

afterAll(async () => {
  await workbench?.close();
});

const pictures = () => locatePanel(workbench).panel.getByRole("gridcell", { name: /^Picture/ });
const tabs = () => workbench.page.locator(".tabs-container .tab");

it("shows the number of running jobs on the icon, before and after the panel is opened", async () => {
  const { page } = workbench;
  const count = () => page.getByRole("tab", { name: /^Limn/ }).locator(".badge-content").innerText();
  const size = { size: "1024 × 1024" };
  await generate(workbench, "A badge of one [sandbox:delay=4]", size);
  await expect.poll(count, { timeout: 30_000 }).toBe("1");
  await workbench.screenshot("panel-badge");
  await expect.poll(count, { timeout: 30_000 }).toBe("");
  await showPanel(workbench);
  await generate(workbench, "A badge of one again [sandbox:delay=4]", size);
  await expect.poll(count, { timeout: 30_000 }).toBe("1");
  await expect.poll(count, { timeout: 30_000 }).toBe("");
  await expect.poll(() => pictures().count(), { timeout: 30_000 }).toBe(2);
});

it("moves to an editor tab with its draft, makes and keeps a picture there, and is back after a reload", async () => {
  const { page, folder } = workbench;
  const { prompt } = await showPanel(workbench);
  await prompt.fill("A lighthouse");
  await page.getByRole("button", { name: "Open Panel in Editor" }).click();
  await tabs().filter({ hasText: "Limn" }).waitFor({ timeout: 30_000 });
  await page.getByText("Limn is open in an editor tab.").waitFor({ timeout: 30_000 });
  const inTab = locatePanel(workbench);
  await expect.poll(() => inTab.prompt.inputValue(), { timeout: 30_000 }).toBe("A lighthouse");
  await workbench.screenshot("panel-tab-1-moved");

  await inTab.prompt.fill("A lighthouse at noon");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect.poll(() => pictures().count(), { timeout: 90_000 }).toBe(3);
  await page.keyboard.press("k");
  const names = async () => (await readdir(join(folder, "images"))).filter((name) => name.includes("lighthouse"));
  await expect.poll(names, { timeout: 30_000 }).toEqual(["a-lighthouse-at-noon.jpg"]);
  await workbench.screenshot("panel-tab-2-kept");

  const before = extensionHostPids();
  await workbench.command("Developer: Reload Window");
  await waitForNewExtensionHost(before);
  await expect.poll(() => pictures().count(), { timeout: 90_000 }).toBe(3);
  await expect.poll(() => inTab.prompt.inputValue(), { timeout: 30_000 }).toBe("A lighthouse at noon");
  expect(await tabs().count()).toBe(1);
  await workbench.screenshot("panel-tab-3-reloaded");

  await page.getByRole("tab", { name: /^Limn/ }).first().waitFor();
  await workbench.command("Limn: Move Panel to Side Bar");
  await expect.poll(() => tabs().count(), { timeout: 30_000 }).toBe(0);
  await expect.poll(() => inTab.prompt.inputValue(), { timeout: 30_000 }).toBe("A lighthouse at noon");
  await expect.poll(() => pictures().count(), { timeout: 30_000 }).toBe(3);
});
