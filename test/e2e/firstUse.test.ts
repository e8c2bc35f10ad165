import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"));
});

afterAll(async () => {
  await workbench?.close();
});

const imageNames = async () => (await readdir(join(workbench.folder, "images"))).sort();

it("asks one question where there is no key, and Escape is silence", async () => {
  const { quickInput, notifications } = workbench;
  const before = await imageNames();
  await workbench.command("Limn: Generate Image…");
  await quickInput.waitUntilOpen({ title: "Limn needs an API key to make pictures" });
  const answers = (await quickInput.labels()).map((label) => label.trim());
  expect(answers).toEqual(["Set API Key…", "Try the Sandbox", "Get a Key"]);
  await workbench.screenshot("first-use-question");
  await quickInput.escape();
  expect(await notifications.texts()).toEqual([]);
  expect(await imageNames()).toEqual(before);
});

it("hides the key as it is typed, and stores none that is empty", async () => {
  const { quickInput, page } = workbench;
  await workbench.command("Limn: Set API Key…");
  await quickInput.waitUntilOpen({ title: "Set API Key" });
  expect(await page.locator(".quick-input-box input").first().getAttribute("type")).toBe("password");
  await quickInput.accept();
  await page.getByText("Paste the key, or press Escape.").waitFor();
  await quickInput.escape();
});

it("goes on with the sandbox, and links a picture of the selected text into a Markdown file", async () => {
  const { quickInput, notifications, page, folder } = workbench;
  await workbench.openFile("docs/guide.md");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("Shift+End");
  await workbench.command("Limn: Generate Image from Selection");
  await quickInput.waitUntilOpen({ title: "Limn needs an API key to make pictures" });
  await quickInput.pick("Try the Sandbox");
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
  await page.getByText("../images/tall%20picture.webp").first().waitFor();
  await page.keyboard.press("ControlOrMeta+s");
  await expect
    .poll(() => readFile(join(folder, "docs/guide.md"), "utf8"), { timeout: 10_000 })
    .toContain("](../images/tall%20picture.webp)");
});

it("stops waiting without a word, and finds the job again", async () => {
  const { quickInput, notifications } = workbench;
  await workbench.command("Limn: Generate Image…");
  await quickInput.waitUntilOpen({ title: "Generate Image" });
  await quickInput.type("A slow picture [sandbox:delay=6]");
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /How many/ });
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
  await quickInput.type("images/slow.jpg");
  await quickInput.accept();
  await notifications.waitFor(/A slow picture.*Painting/);
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

it("says in a sentence what the service refused, and nothing is saved", async () => {
  const { quickInput, notifications } = workbench;
  const before = await imageNames();
  await workbench.command("Limn: Generate Image…");
  await quickInput.waitUntilOpen({ title: "Generate Image" });
  await quickInput.type("A refused picture [sandbox:refuse=insufficientCredits]");
  for (const placeholder of [/What should the picture show/, /Size in pixels/, /How many/, "images/fox.png"]) {
    await quickInput.waitUntilOpen({ placeholder });
    await quickInput.accept();
  }
  const message = await notifications.waitFor("Your Runware balance is too low");
  expect(await message.innerText()).toContain("Open Runware");
  await workbench.screenshot("refused");
  expect(await imageNames()).toEqual(before);
});

it("is installed, as the list of extensions shows", async () => {
  await workbench.command("Extensions: Show Installed Extensions");
  const entry = workbench.page.locator(".extension-list-item").filter({ hasText: "Limn" }).first();
  await entry.waitFor({ timeout: 30_000 });
  await workbench.screenshot("installed");
  expect(await entry.innerText()).toContain("Limn");
});
