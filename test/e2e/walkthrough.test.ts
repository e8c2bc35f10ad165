import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { chooseFromOpenMenu } from "../support/e2e/contextMenu.ts";
import { answerUntilPath } from "../support/e2e/generateFlow.ts";
import { locatePanel, showPanel } from "../support/e2e/panel.ts";
import { reloadWindow } from "../support/e2e/windows.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandboxProcess.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

const titles = [
  "Make a Picture for Free",
  "Put It into Your Page",
  "Edit an Image of the Workspace",
  "Use Your Runware Key",
] as const;

let temporary: TemporaryFolder;
let service: SandboxProcess;
let workbench: Workbench;

beforeAll(async () => {
  temporary = await temporaryFolder();
  service = await startSandboxProcess({ log: join(temporary.path, "sandbox.log"), delay: 0 });
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.apiUrl": service.url, "limn.openAfterSaving": false },
  });
});

afterAll(async () => {
  await workbench?.close();
  await service?.stop();
  await temporary?.remove();
});

const steps = () => workbench.page.locator(".getting-started-step");

/** The titles of the steps that have a check mark. */
async function doneSteps(): Promise<string[]> {
  const done = steps().filter({ has: workbench.page.locator('[role="checkbox"][aria-checked="true"]') });
  return await done.locator(".step-title").allInnerTexts();
}

/** Presses the button of a step. */
async function pressButton(title: (typeof titles)[number], button: string): Promise<void> {
  const step = steps().filter({ hasText: title });
  if ((await step.getAttribute("aria-expanded")) !== "true") await step.click();
  await step.getByRole("button", { name: button }).click();
}

it("opens from the menu of the panel, and no step is done", async () => {
  const { page } = workbench;
  await showPanel(workbench);
  await page.locator(".part.sidebar").getByRole("button", { name: "Views and More Actions..." }).click();
  await chooseFromOpenMenu(page, "Open Walkthrough");
  await expect.poll(() => steps().locator(".step-title").allInnerTexts()).toEqual(titles);
  await workbench.screenshot("walkthrough-1-open");
  expect(await doneSteps()).toEqual([]);
});

it("checks the first step off when a picture is there", async () => {
  const { page, quickInput, folder } = workbench;
  await workbench.command("View: Show Explorer");
  await pressButton("Make a Picture for Free", "Open Limn");
  const { panel, prompt } = locatePanel(workbench);
  await panel.getByText("A paper boat on water, two colours").click();
  await expect.poll(() => prompt.inputValue()).toBe("A paper boat on water, two colours");
  await prompt.press("ControlOrMeta+Enter");
  await quickInput.waitUntilOpen({ title: "Where to Make the Pictures" });
  await quickInput.pick("Sandbox, free");
  await expect.poll(doneSteps).toEqual(titles.slice(0, 1));
  await workbench.screenshot("walkthrough-2-made");
  await panel.getByRole("grid", { name: "Pictures" }).focus();
  await page.keyboard.press("k");
  await expect.poll(() => readdir(join(folder, "images"))).toContain("a-paper-boat-on-water-two-colours.jpg");
});

it("checks the second step off when its link is in the document", async () => {
  const { page, quickInput } = workbench;
  await workbench.command("View: Show Explorer");
  await workbench.openFile("docs/guide.md");
  await page.keyboard.press("ControlOrMeta+End");
  await workbench.command("Limn: Open Walkthrough");
  await pressButton("Put It into Your Page", "Insert Link");
  await quickInput.pick("images/a-paper-boat-on-water-two-colours.jpg");
  await quickInput.pick("Replace “picture of the bench goes here” on line 5");
  await page.locator(".editor-instance .view-line").getByText("a-paper-boat-on-water-two-colours.jpg").waitFor();
  await workbench.command("Limn: Open Walkthrough");
  await expect.poll(doneSteps).toEqual(titles.slice(0, 2));
});

it("checks the third step off when an edit of an image is there", async () => {
  const { explorer, notifications, quickInput } = workbench;
  await pressButton("Edit an Image of the Workspace", "Show Explorer");
  await explorer.menu(["images/hut.png"], "Limn", "Edit Image…");
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  await quickInput.type("In the mist");
  await answerUntilPath(workbench);
  await quickInput.accept();
  await notifications.waitFor("Saved images/hut-edit.png");
  await workbench.command("Limn: Open Walkthrough");
  await expect.poll(doneSteps).toEqual(titles.slice(0, 3));
});

it("checks the last step off when the key is stored", async () => {
  const { quickInput } = workbench;
  await pressButton("Use Your Runware Key", "Set API Key…");
  await quickInput.waitUntilOpen({ title: "Set API Key" });
  await quickInput.type(service.key);
  await quickInput.accept();
  await expect.poll(doneSteps).toEqual(titles);
  await workbench.screenshot("walkthrough-3-done");
});

it("checks the steps off that were done in an earlier session, before the walkthrough was opened", async () => {
  await workbench.close();
  workbench = await openWorkbench(inject("extensions"), { settings: { "limn.engine": "sandbox" } });
  const { panel, prompt } = await showPanel(workbench);
  await panel.getByText("A paper boat on water, two colours").click();
  await expect.poll(() => prompt.inputValue()).toBe("A paper boat on water, two colours");
  await prompt.press("ControlOrMeta+Enter");
  await panel.getByRole("gridcell", { name: /^Picture 1 of 1/u }).waitFor({ timeout: 60_000 });
  await workbench.command("View: Show Explorer");
  await workbench.openFile("docs/guide.md");
  await workbench.page.keyboard.press("ControlOrMeta+End");
  await workbench.command("Limn: Insert Link");
  await workbench.quickInput.pick("images/hut.png");
  await workbench.quickInput.pick("Replace “picture of the bench goes here” on line 5");
  await workbench.page.locator(".editor-instance .view-line").getByText("hut.png").waitFor();
  await reloadWindow(workbench);
  await workbench.command("Limn: Open Walkthrough");
  await expect.poll(doneSteps).toEqual(titles.slice(0, 2));
});
