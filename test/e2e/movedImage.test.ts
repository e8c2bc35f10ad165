import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"));
  // The Explorer is there before Limn, which is activated at the end of the start.
  await workbench.command("Limn: Generate Image…");
  await workbench.quickInput.waitUntilOpen({ title: "Where to Make the Pictures" });
  await workbench.quickInput.escape();
});

afterAll(async () => {
  await workbench?.close();
});

const read = (path: string): Promise<string> => readFile(join(workbench.folder, path), "utf8");

/** Renames a file in the Explorer, with F2. */
async function rename(path: string, name: string): Promise<void> {
  const { page, explorer } = workbench;
  await explorer.select([path]);
  await page.keyboard.press("F2");
  await page.locator(".explorer-item-edited input").fill(name);
  await page.keyboard.press("Enter");
}

it("updates the links to a renamed image after a question, and takes them back by one Undo", async () => {
  const { page, notifications } = workbench;
  const [style, guide] = [await read("css/style.css"), await read("docs/guide.md")];
  await rename("images/ridge.jpg", "ridge at dawn.jpg");
  const question = "Update links to ridge at dawn.jpg?";
  expect(await (await notifications.dialog(question)).innerText()).toContain("2 links in 2 files:");
  await workbench.screenshot("moved-1-question");
  await notifications.pressInDialog(question, "Yes");
  const renamed = (text: string) => text.replace("images/ridge.jpg", "images/ridge%20at%20dawn.jpg");
  await expect.poll(() => read("css/style.css"), { timeout: 30_000 }).toBe(renamed(style));
  await expect.poll(() => read("docs/guide.md"), { timeout: 30_000 }).toBe(renamed(guide));
  await workbench.screenshot("moved-2-updated");

  await workbench.openFile("docs/guide.md");
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => read("docs/guide.md"), { timeout: 30_000 }).toBe(guide);
  await expect.poll(() => read("css/style.css"), { timeout: 30_000 }).toBe(style);
});

it("lists the links to a deleted image", async () => {
  const { page, explorer, notifications } = workbench;
  await explorer.select(["images/lake.webp"]);
  await page.keyboard.press("Delete");
  await notifications.pressInDialog("permanently delete", "Delete");
  const message = "lake.webp was deleted, but is still used: 2 links in 2 files.";
  await notifications.waitFor(message);
  await workbench.screenshot("moved-5-message");
  await notifications.press(message, "Show Links");
  const places = page.locator(".reference-zone-widget");
  await places.waitFor({ timeout: 30_000 });
  await workbench.screenshot("moved-6-links");
});
