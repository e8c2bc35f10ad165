import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { ActionCounter } from "../support/e2e/countActions.ts";
import { documentedActions, writeActions } from "../support/e2e/firstMinutesPage.ts";
import { locatePanel, openFormSettings, panelFrame, showPanel } from "../support/e2e/panel.ts";
import { waitUntilStored } from "../support/e2e/windows.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type FaultProxy, startFaultProxy } from "../support/faultProxy.ts";
import { recordedShifts, recordShifts } from "../support/layoutShifts.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandboxProcess.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

let temporary: TemporaryFolder;
let service: SandboxProcess;
let proxy: FaultProxy;
let workbench: Workbench;
let user: ActionCounter;

beforeAll(async () => {
  temporary = await temporaryFolder();
  service = await startSandboxProcess({ log: join(temporary.path, "sandbox.log"), delay: 0 });
  proxy = await startFaultProxy(service.url);
  workbench = await openWorkbench(inject("extensions"), { settings: { "limn.apiUrl": proxy.url } });
});

afterAll(async () => {
  await workbench?.close();
  await proxy?.close();
  await service?.stop();
  await temporary?.remove();
});

beforeEach(async () => {
  // An open image is a webview too. Without one, the focus stays where the last task has left it.
  if ((await workbench.page.locator(".editor-group-container .tab").count()) > 0) {
    await workbench.command("View: Close All Editors");
  }
  user = new ActionCounter(workbench.page);
});

/** The title of a test is the task in the table. */
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") return;
  if (process.env.LIMN_WRITE_ACTIONS === "1") await writeActions(task.name, String(user));
  expect(await documentedActions(task.name)).toBe(String(user));
});

const images = () => readdir(join(workbench.folder, "images"));
const limnIcon = () => workbench.page.getByRole("tab", { name: /^Limn/ });

async function waitForFocusInPrompt(): Promise<void> {
  const { prompt } = locatePanel(workbench);
  const isFocused = () => prompt.evaluate((field) => field.matches(":focus")).catch(() => false);
  await expect.poll(isFocused, { timeout: 30_000 }).toBe(true);
}

/**
 * Opens the panel by its icon, which puts the focus into the prompt. The panel is complete with the
 * list of targets and what is below the form, and nothing has moved when they came.
 */
async function openPanel(below: string): Promise<void> {
  await user.click(limnIcon());
  await waitForFocusInPrompt();
  const { panel } = locatePanel(workbench);
  await panel.getByText(below).first().waitFor();
  await panel.locator("limn-for-field optgroup").first().waitFor({ state: "attached" });
  const page = await panelFrame(workbench.page);
  // The list of pictures rounds its heights.
  await recordShifts(page, { buffered: true, tolerance: 1 });
  expect(await recordedShifts(page)).toEqual([]);
}

/** Keeps the newest picture, which has the focus, and waits for its file. */
async function keepNewest(fileName: string): Promise<void> {
  await locatePanel(workbench).panel.locator("lit-virtualizer:focus").waitFor();
  await user.press("k");
  await expect.poll(images).toContain(fileName);
}

/** Waits until a picture of this prompt is selected: the newest, when it has just arrived. */
async function waitForPicture(prompt: string): Promise<void> {
  const { panel } = locatePanel(workbench);
  await panel.getByRole("gridcell", { name: new RegExp(`^Picture .*: ${prompt}$`, "u"), selected: true }).waitFor();
}

/** Accepts what the steps after the prompt propose: size, number, path. */
async function acceptProposals(): Promise<void> {
  const { quickInput } = workbench;
  await quickInput.waitUntilOpen({ placeholder: /What should (the picture show|change)/ });
  await user.press("Enter");
  await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
  await user.press("Enter");
  await quickInput.waitUntilOpen({ placeholder: /How many/ });
  await user.press("Enter");
  await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
  await user.press("Enter");
}

it("First picture, without a key", async () => {
  const { panel, prompt } = locatePanel(workbench);
  await openPanel("A paper boat on water, two colours");
  await user.replaceText(prompt, "A paper boat");
  await user.click(panel.getByRole("button", { name: "Generate 1 · free in the sandbox" }));
  await waitForPicture("A paper boat");
  await keepNewest("a-paper-boat.jpg");
});

it("Second picture", async () => {
  await user.replaceText(locatePanel(workbench).prompt, "A red fox");
  await user.press("ControlOrMeta+Enter");
  await waitForPicture("A red fox");
  await keepNewest("a-red-fox.jpg");
});

it("First picture, with a key", async () => {
  const { page, quickInput, server } = workbench;
  const settingsFile = join(server, "User/settings.json");
  const { "limn.engine": _, ...settings } = JSON.parse(await readFile(settingsFile, "utf8"));
  await writeFile(settingsFile, JSON.stringify(settings));
  const { panel, prompt } = locatePanel(workbench);
  await prompt.fill("A text of the last seconds");
  await waitUntilStored(workbench, "A text of the last seconds");
  await page.reload();
  // VS Code may open the panel again, and a click on its icon would then hide it.
  await workbench.command("View: Show Explorer");
  await openPanel("A red fox");
  expect(await prompt.inputValue()).toBe("A text of the last seconds");
  await panel.getByText("No API key yet.").waitFor();
  // A new user has no earlier prompt.
  await prompt.fill("");
  await user.replaceText(prompt, "A lighthouse");
  await user.click(panel.getByRole("button", { name: "Use Runware · about $0.028…" }));
  await quickInput.waitUntilOpen({ title: "Set API Key" });
  await user.type(service.key);
  await user.press("Enter");
  await waitForPicture("A lighthouse");
  await keepNewest("a-lighthouse.jpg");
});

it("From a selected text, with its link", async () => {
  const { notifications, page, quickInput, folder } = workbench;
  await workbench.command("View: Show Explorer");
  await workbench.openFile("docs/guide.md");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("Shift+End");
  await page.locator(".editor-instance .selected-text").first().waitFor();
  const title = page.locator(".editor-instance .view-line").getByText("Guide for guests");
  await user.chooseFromMenu(async () => title, ["Generate Image from Selection"]);
  await acceptProposals();
  await user.click(
    (await notifications.waitFor("Saved images/guide-for-guests.jpg")).getByRole("button", { name: "Insert Link" }),
  );
  await quickInput.waitUntilOpen({ title: "Insert Link" });
  await user.press("Enter");
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => readFile(join(folder, "docs/guide.md"), "utf8")).toContain("guide-for-guests.jpg");
});

it("Edit an image, compare, replace", async () => {
  const { explorer, notifications, quickInput, folder } = workbench;
  const path = join(folder, "images/lake.webp");
  const original = await readFile(path);
  const row = await explorer.row("images/lake.webp");
  await user.chooseFromMenu(async () => row, ["Limn", "Edit Image…"]);
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  await user.type("In the mist");
  await acceptProposals();
  const message = "Saved images/lake-edit.webp";
  await user.click((await notifications.waitFor(message)).getByRole("button", { name: "Compare" }));
  await workbench.page.locator(".tab").filter({ hasText: "lake.webp ↔ lake-edit.webp" }).waitFor();
  await user.click((await notifications.waitFor(message)).getByRole("button", { name: "Replace" }));
  await expect.poll(() => readFile(path)).not.toEqual(original);
});

it("Edit two images", async () => {
  const { explorer, quickInput } = workbench;
  await user.click(await explorer.row("images/ridge.jpg"));
  const hut = await explorer.row("images/hut.png");
  await user.click(hut, { modifiers: ["ControlOrMeta"] });
  await user.chooseFromMenu(async () => hut, ["Limn", "Edit Image…"]);
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  await user.type("At night, in light snow");
  await acceptProposals();
  await expect.poll(images).toContain("ridge-edit.jpg");
});

it("One of four pictures", async () => {
  const { panel, prompt } = await showPanel(workbench);
  await openFormSettings(panel);
  const more = panel.getByRole("button", { name: "More: Pictures" });
  for (let number = 1; number < 4; number++) await more.click();
  await panel.locator("limn-form details summary").click();
  await user.replaceText(prompt, "A lantern in the fog");
  await user.press("ControlOrMeta+Enter");
  await waitForPicture("A lantern in the fog");
  await panel.getByRole("gridcell", { name: /^Picture 3 of 4/ }).waitFor();
  await user.press("3");
  await keepNewest("a-lantern-in-the-fog.jpg");
});

it("A refused prompt, changed", async () => {
  const { page } = workbench;
  const { panel, prompt } = locatePanel(workbench);
  const { promise: placeIsShown, resolve: refuse } = Promise.withResolvers<void>();
  proxy.setRule(({ taskType }) => (taskType === "imageInference" ? { holdUntil: placeIsShown } : undefined));
  await prompt.fill("A kite [sandbox:refuse=promptBlocked]");
  await page.keyboard.press("ControlOrMeta+Enter");
  await panel.locator("lit-virtualizer:focus").waitFor();
  refuse();
  await panel.getByRole("button", { name: /^Edit Prompt/ }).waitFor();
  // The focus returns from the place of the picture, which does not come.
  await waitForFocusInPrompt();
  await user.replaceText(prompt, "A kite");
  await user.press("ControlOrMeta+Enter");
  await waitForPicture("A kite");
  await keepNewest("a-kite.jpg");
});

it("A refused key, replaced", async () => {
  const { page, quickInput } = workbench;
  const { panel, prompt } = locatePanel(workbench);
  let isKeyRefused = true;
  const { promise: placeIsShown, resolve: refuse } = Promise.withResolvers<void>();
  proxy.setRule(({ taskType }) => {
    if (taskType === "authentication") isKeyRefused = false;
    const body = JSON.stringify({ errors: [{ code: "invalidApiKey", message: "The key is not valid." }] });
    const answer = { answer: { status: 401, body }, holdUntil: placeIsShown };
    return isKeyRefused && taskType === "imageInference" ? answer : undefined;
  });
  await prompt.fill("A compass");
  await page.keyboard.press("ControlOrMeta+Enter");
  await panel.locator("lit-virtualizer:focus").waitFor();
  refuse();
  const setKey = panel.getByRole("button", { name: /^Set API Key…: A compass/ });
  await setKey.waitFor();
  // The focus returns from the place of the picture, which does not come.
  await waitForFocusInPrompt();
  await user.click(setKey);
  await quickInput.waitUntilOpen({ title: "Set API Key" });
  await user.type(service.key);
  await user.press("Enter");
  await user.click(panel.getByRole("button", { name: /^Try Again.*: A compass/ }));
  await waitForPicture("A compass");
  await keepNewest("a-compass.jpg");
});
