import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { generate } from "../support/e2e/generateFlow.ts";
import { showPanel } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"));
});

afterAll(async () => {
  await workbench?.close();
});

const imageNames = async () => (await readdir(join(workbench.folder, "images"))).sort();

it("asks one question if there is no key; Escape shows and saves nothing", async () => {
  const { quickInput, notifications } = workbench;
  const before = await imageNames();
  await workbench.command("Limn: Generate Image…");
  await quickInput.waitUntilOpen({ title: "Where to Make the Pictures" });
  const answers = (await quickInput.labels()).map((label) => label.trim());
  expect(answers).toEqual(["Sandbox, free", "Runware…", "Get a Key"]);
  await workbench.screenshot("first-use-question");
  await quickInput.escape();
  expect(await notifications.texts()).toEqual([]);
  expect(await imageNames()).toEqual(before);
});

it("hides the key while it is typed, and refuses an empty one", async () => {
  const { quickInput, page } = workbench;
  await workbench.command("Limn: Set API Key…");
  await quickInput.waitUntilOpen({ title: "Set API Key" });
  expect(await page.locator(".quick-input-box input").first().getAttribute("type")).toBe("password");
  await quickInput.accept();
  await page.getByText("Paste the key, or press Escape.").waitFor();
  await quickInput.escape();
});

it("generates a picture of the selected text with the sandbox, and inserts its link into Markdown", async () => {
  const { quickInput, notifications, page, folder } = workbench;
  await workbench.openFile("docs/guide.md");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("Shift+End");
  await page.locator(".editor-instance .selected-text").first().waitFor();
  await workbench.command("Limn: Generate Image from Selection");
  await quickInput.waitUntilOpen({ title: "Where to Make the Pictures" });
  await quickInput.pick("Sandbox, free");
  await quickInput.waitUntilOpen({ title: "Generate Image" });
  const prompt = await quickInput.value();
  expect(prompt).not.toBe("");
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
  await quickInput.type("9:16 1K");
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /How many/ });
  await quickInput.pick("1 picture");
  await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
  await quickInput.type("images/tall picture.webp");
  await quickInput.accept();
  await notifications.press("Saved images/tall picture.webp · 768 × 1360", "Insert Link");
  await quickInput.waitUntilOpen({ title: "Insert Link" });
  await quickInput.pick("Insert at the cursor, on line 1");
  await page.getByText("../images/tall%20picture.webp").first().waitFor();
  await page.keyboard.press("ControlOrMeta+s");
  await expect
    .poll(() => readFile(join(folder, "docs/guide.md"), "utf8"), { timeout: 30_000 })
    .toContain("](../images/tall%20picture.webp)");
});

it("stops waiting without a notification, and resumes the job later", async () => {
  const { quickInput, notifications } = workbench;
  await generate(workbench, "A slow picture [sandbox:delay=6]", { path: "images/slow.jpg" });
  await notifications.waitFor(/A slow picture.*Making 1 picture/);
  await workbench.screenshot("stop-1-progress");
  await notifications.press("A slow picture", "Stop Waiting");
  await notifications.waitUntilGone("A slow picture");
  expect((await notifications.texts()).filter((text) => text.includes("slow"))).toEqual([]);

  await workbench.command("Limn: Show Unfinished Jobs");
  await quickInput.waitUntilOpen({ title: "Unfinished Jobs" });
  await workbench.screenshot("stop-2-unfinished");
  await quickInput.accept();
  await quickInput.pick("Check Again");
  await notifications.waitFor("Saved images/slow.jpg", 30_000);
  expect(await imageNames()).toContain("slow.jpg");
});

it("explains why the service refused a request, and saves nothing", async () => {
  const { notifications } = workbench;
  const before = await imageNames();
  await generate(workbench, "A refused picture [sandbox:refuse=insufficientCredits]");
  const message = await notifications.waitFor("Your Runware balance is too low");
  expect(await message.innerText()).toContain("Open Runware Account");
  await workbench.screenshot("refused");
  expect(await imageNames()).toEqual(before);
});

it("asks once where to make the pictures of the panel, with the price at Runware, and K keeps one", async () => {
  const { quickInput, page, server, folder } = workbench;
  const settingsFile = join(server, "User/settings.json");
  const { "limn.engine": _, ...settings } = JSON.parse(await readFile(settingsFile, "utf8"));
  await writeFile(settingsFile, JSON.stringify(settings));
  await page.reload();
  // An image that is open is a webview too.
  await workbench.command("View: Close All Editors");
  const { panel, prompt } = await showPanel(workbench);
  await panel.getByText("No API key yet.").waitFor();
  await workbench.screenshot("first-use-panel");
  await prompt.fill("A paper boat");
  await page.keyboard.press("ControlOrMeta+Enter");
  await quickInput.waitUntilOpen({ title: "Where to Make the Pictures" });
  expect((await quickInput.labels()).map((label) => label.trim())).toContain("Runware, about $0.028…");
  await quickInput.pick("Sandbox, free");
  await panel.locator(".heading .prompt").getByText("A paper boat").waitFor();
  await panel.getByRole("grid", { name: "Pictures" }).focus();
  await page.keyboard.press("k");
  await expect.poll(() => readdir(join(folder, "images"))).toContain("a-paper-boat.jpg");
});

it("appears in the list of installed extensions", async () => {
  await workbench.command("Extensions: Show Installed Extensions");
  const entry = workbench.page.locator(".extension-list-item").filter({ hasText: "Limn" }).first();
  await entry.waitFor({ timeout: 30_000 });
  await workbench.screenshot("installed");
  expect(await entry.innerText()).toContain("Limn");
});
