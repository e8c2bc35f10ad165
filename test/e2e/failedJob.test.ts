import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { generate } from "../support/e2e/generateFlow.ts";
import { locatePanel, showPanel } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandboxProcess.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

let temporary: TemporaryFolder;
let service: SandboxProcess;
let workbench: Workbench;

beforeAll(async () => {
  temporary = await temporaryFolder();
  service = await startSandboxProcess({ log: join(temporary.path, "sandbox.log"), delay: 0 });
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.apiUrl": service.url, "limn.budget.askAbove": 0 },
    env: { RUNWARE_API_KEY: "a-key-that-was-revoked" },
  });
});

afterAll(async () => {
  await workbench?.close();
  await service?.stop();
  await temporary?.remove();
});

it("repairs a job that failed for an invalid key: Set API Key, Try Again, and the picture is there", async () => {
  const { quickInput, page } = workbench;
  const { panel, prompt } = await showPanel(workbench);
  const jobs = panel.locator("limn-job-list");
  await prompt.fill("A paper boat");
  await page.keyboard.press("ControlOrMeta+Enter");
  await jobs.getByText("Runware did not accept the API key").waitFor();
  await workbench.screenshot("failed-job");
  const buttons = jobs.locator(".actions vscode-button");
  expect(await buttons.allInnerTexts()).toEqual(["Set API Key…", "Try Again · about $0.028", "Forget"]);
  await buttons.first().click();
  await quickInput.waitUntilOpen({ title: "Set API Key" });
  await quickInput.type(service.key);
  await quickInput.accept();
  await workbench.notifications.waitFor("The API key works and is stored.");
  await buttons.nth(1).click();
  await panel.locator(".heading .prompt").getByText("A paper boat").waitFor();
  await panel.getByRole("gridcell", { name: /^Picture/ }).waitFor();
});

it("puts a job that the content filter stopped into the form, and the typed text comes back by Undo", async () => {
  const { page } = workbench;
  const { panel, prompt } = await showPanel(workbench);
  await prompt.fill("A paper boat [sandbox:refuse=promptBlocked]");
  await page.keyboard.press("ControlOrMeta+Enter");
  const edit = panel.getByRole("button", { name: /^Edit Prompt/ });
  await edit.waitFor();
  await prompt.fill("Something else");
  await edit.click();
  await expect.poll(() => prompt.inputValue()).toBe("A paper boat [sandbox:refuse=promptBlocked]");
  await panel.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => prompt.inputValue()).toBe("Something else");
});

it("leads from the notification of a command to the panel with the request in the form", async () => {
  const { notifications } = workbench;
  await workbench.command("View: Toggle Primary Side Bar Visibility");
  const prompt = "A lighthouse [sandbox:refuse=promptBlocked]";
  await generate(workbench, prompt);
  await notifications.press("The content filter stopped the request", "Edit Prompt");
  await expect.poll(() => locatePanel(workbench).prompt.inputValue(), { timeout: 30_000 }).toBe(prompt);
});

it("makes the picture that is missing from a notification, which shows its price", async () => {
  const { notifications, quickInput } = workbench;
  await generate(workbench, "A harbour [sandbox:fail=1]", { count: "2 pictures", path: "images/harbour.jpg" });
  await quickInput.waitUntilOpen({ title: "Choose the Pictures to Keep" });
  await quickInput.toggleItem("Picture 1");
  await quickInput.accept();
  await notifications.press("1 of 2 pictures were made.", "Make the Missing One · about $0.028");
  // The directive of the prompt makes the last picture fail, here the only one.
  await notifications.waitFor("The model's provider failed", 30_000);
  await workbench.screenshot("unmade");
});
