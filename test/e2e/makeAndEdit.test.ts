import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { chooseFromMenu } from "../support/e2e/contextMenu.ts";
import { answerUntilPath, startGenerating } from "../support/e2e/generateFlow.ts";
import { pasteImage } from "../support/e2e/pasteImage.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "sandbox", "workbench.colorTheme": "Default Dark Modern" },
  });
});

afterAll(async () => {
  await workbench?.close();
});

it("generates two pictures from a prompt, keeps both and inserts a link to one", async () => {
  const { quickInput, notifications, page, folder } = workbench;
  await workbench.openFile("index.html");
  await page.keyboard.press("ControlOrMeta+Home");

  await startGenerating(workbench, "A mountain hut at dawn, warm light in the windows, fresh snow");
  await workbench.screenshot("generate-1-prompt");
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
  await workbench.screenshot("generate-2-size");
  await quickInput.pick("2720 × 1536");
  await quickInput.waitUntilOpen({ placeholder: /How many/ });
  await workbench.screenshot("generate-3-count");
  await quickInput.pick("2 pictures");
  await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
  await workbench.screenshot("generate-4-target");
  expect(await quickInput.value()).toBe("images/a-mountain-hut-at-dawn-warm-light-in-the-windows.jpg");
  await quickInput.type("images/dawn.jpg");
  await page
    .getByText(
      "Enter generates 2 pictures, free in the sandbox (2720 × 1536, Kling IMAGE 3.0). The first you keep will be saved as images/dawn.jpg.",
    )
    .waitFor();
  await quickInput.accept();

  await notifications.waitFor("A mountain hut at dawn");
  await workbench.screenshot("generate-5-progress");
  await quickInput.waitUntilOpen({ title: "Choose the Pictures to Keep" });
  await quickInput.toggleItem("Picture 1");
  await quickInput.toggleItem("Picture 2");
  // The light table shows the picture behind the list.
  await workbench.webview().locator("limn-stage img").first().waitFor();
  await workbench.screenshot("generate-6-choose");
  await quickInput.accept();
  await notifications.waitFor("Saved 2 pictures in images");
  await workbench.screenshot("generate-7-saved");
  await notifications.press("Saved 2 pictures in images", "Insert Link");
  await page.getByText('alt="A mountain hut at dawn').first().waitFor();
  await workbench.screenshot("generate-8-linked");

  const names = (await readdir(join(folder, "images"))).filter((name) => name.startsWith("dawn"));
  expect(names.sort()).toEqual(["dawn-2.jpg", "dawn.jpg"]);
  for (const name of names) {
    const bytes = await readFile(join(folder, "images", name));
    expect(probe(bytes)).toEqual({ format: "JPG", width: 2720, height: 1536 });
  }
});

it("edits two selected images, and saves the result beside the first", async () => {
  const { explorer, quickInput, notifications, folder } = workbench;
  await explorer.menu(["images/ridge.jpg", "images/hut.png"], "Limn", "Edit Image…");
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  expect(await quickInput.text()).toContain("Sends 2 reference images");
  expect(await quickInput.text()).toContain("without metadata");
  await quickInput.type("At night, in light snow");
  await workbench.screenshot("edit-1-prompt");
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
  expect((await quickInput.labels()).slice(0, 3)).toEqual([
    "1248 × 832",
    "Like the reference, 2K",
    "Like the reference, 1K",
  ]);
  await workbench.screenshot("edit-2-size");
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /How many/ });
  expect(await quickInput.text()).toContain("free in the sandbox");
  expect(await quickInput.text()).not.toContain("$");
  await workbench.screenshot("edit-3-count");
  await quickInput.pick("1 picture");
  await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
  expect(await quickInput.value()).toBe("images/ridge-edit.jpg");
  await quickInput.accept();

  await notifications.waitFor("Saved images/ridge-edit.jpg · 1248 × 832 · free in the sandbox");
  await workbench.screenshot("edit-3-saved");
  const bytes = await readFile(join(folder, "images/ridge-edit.jpg"));
  expect(probe(bytes)).toEqual({ format: "JPG", width: 1248, height: 832 });
});

it("compares the edit of one image with it, then replaces the image, which can be undone", async () => {
  const { explorer, quickInput, notifications, page, folder } = workbench;
  const path = join(folder, "images/lake.webp");
  const original = await readFile(path);
  await explorer.menu(["images/lake.webp"], "Limn", "Edit Image…");
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  await quickInput.type("In the mist");
  await answerUntilPath(workbench, { count: "1 picture" });
  await page
    .getByText(/Enter generates 1 picture, free in the sandbox .*\. Will be saved as images\/lake-edit\.webp\./)
    .waitFor();
  await workbench.screenshot("edit-one-1-target");
  await quickInput.accept();
  const message = "Saved images/lake-edit.webp";
  await notifications.waitFor(message);
  await workbench.screenshot("edit-one-2-saved");
  await notifications.press(message, "Compare");
  await page.locator(".tab").filter({ hasText: "lake.webp ↔ lake-edit.webp" }).waitFor();
  await workbench.webview().locator(".layer.right img").first().waitFor();
  // The message is there again, since the user decides after the comparison.
  await notifications.waitFor(message);
  await workbench.screenshot("edit-one-3-compared");
  await notifications.press(message, "Replace");
  await notifications.waitFor("Replaced images/lake.webp.");
  await workbench.screenshot("edit-one-4-replaced");
  expect(await readFile(path)).not.toEqual(original);
  await notifications.press("Replaced images/lake.webp.", "Undo");
  await expect.poll(() => readFile(path), { timeout: 30_000 }).toEqual(original);
});

it("removes the background of an image, compares the result with it on a chequered ground, and replaces it, which can be undone", async () => {
  const { explorer, quickInput, notifications, page, folder } = workbench;
  const path = join(folder, "images/hut.png");
  const original = await readFile(path);
  await workbench.command("View: Close All Editors");
  await explorer.menu(["images/hut.png"], "Limn", "Remove Background…");
  await quickInput.waitUntilOpen({ title: "Remove Background: images/hut.png" });
  expect(await quickInput.labels()).toEqual(["PNG", "WebP"]);
  expect(await quickInput.text()).toContain("1000 × 760 · free in the sandbox");
  await workbench.screenshot("tool-1-format");
  await quickInput.pick("PNG");
  const message = "Saved images/hut-no-background.png · 1000 × 760 · free in the sandbox";
  await notifications.waitFor(message);
  expect(probe(await readFile(join(folder, "images/hut-no-background.png")))?.hasAlpha).toBe(true);
  await notifications.press(message, "Compare");
  await page.locator(".tab").filter({ hasText: "hut.png ↔ hut-no-background.png" }).waitFor();
  await workbench.webview().locator(".layer.right img").first().waitFor();
  await workbench.screenshot("tool-2-compared");
  await notifications.press(message, "Replace");
  await notifications.waitFor("Replaced images/hut.png.");
  expect(await readFile(path)).not.toEqual(original);
  await notifications.press("Replaced images/hut.png.", "Undo");
  await expect.poll(() => readFile(path), { timeout: 30_000 }).toEqual(original);
});

it("enlarges several images of the Explorer after one question, and names the file that is left out", async () => {
  const { explorer, quickInput, notifications, folder } = workbench;
  await explorer.menu(["index.html", "images/hut.png", "images/lake.webp"], "Limn", "Upscale Image…");
  await quickInput.waitUntilOpen({ title: "Upscale: 2 pictures" });
  const leftOut = "Left out: index.html";
  expect(await quickInput.labels()).toEqual(["2×", leftOut, "4×", leftOut]);
  expect(await quickInput.text()).toContain("2 pictures · free in the sandbox");
  await workbench.screenshot("tool-3-several");
  await quickInput.pick("2×");
  await notifications.waitFor("Upscale: saved 2 of 2 pictures · free in the sandbox.");
  await workbench.screenshot("tool-4-several-saved");
  expect(await readdir(join(folder, "images"))).toEqual(expect.arrayContaining(["hut-2x.png", "lake-2x.webp"]));
});

it("returns from the save dialog to the step, with what was typed", async () => {
  const { quickInput, page, folder } = workbench;
  await startGenerating(workbench, "A hut that waits for its name");
  await answerUntilPath(workbench);
  await quickInput.type("images/named-by-hand.jpg");
  await page.getByText("Will be saved as images/named-by-hand.jpg").waitFor();
  await quickInput.pressButton("Choose in a Dialog…");
  await quickInput.waitUntilOpen({ title: "Where to Save" });
  await workbench.screenshot("generate-9-dialog");
  expect(await quickInput.text()).toContain("Enter generates 1 picture, free in the sandbox");
  await expect.poll(() => quickInput.value(), { timeout: 30_000 }).toBe(join(folder, "images/named-by-hand.jpg"));
  await page.keyboard.press("Escape");
  await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
  await expect.poll(() => quickInput.value(), { timeout: 30_000 }).toBe("images/named-by-hand.jpg");
  await workbench.screenshot("generate-10-back");
  await quickInput.escape();
  expect(await readdir(join(folder, "images"))).not.toContain("named-by-hand.jpg");
});

it("proposes the folder where the project of the open document keeps its images", async () => {
  const { quickInput } = workbench;
  await workbench.openFile("shop/src/App.tsx");
  await startGenerating(workbench, "A blue mug");
  await answerUntilPath(workbench);
  await expect.poll(() => quickInput.value(), { timeout: 30_000 }).toBe("shop/public/a-blue-mug.jpg");
  await workbench.screenshot("generate-11-project");
  await quickInput.escape();
});

it("shows no prices of models in the sandbox", async () => {
  const { quickInput } = workbench;
  await startGenerating(workbench, "A blue mug");
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
  await quickInput.type("Change Model");
  await quickInput.pick("Kling IMAGE 3.0: Change Model…");
  await quickInput.waitUntilOpen({ placeholder: /Model for this request/ });
  expect(await quickInput.text()).toContain("free in the sandbox");
  expect(await quickInput.text()).not.toContain("$");
  await workbench.screenshot("generate-12-models");
  await quickInput.escape();
});

it("edits the open image from the context menus of its tab and of the picture", async () => {
  const { page, quickInput } = workbench;
  await workbench.openFile("images/lake.webp");
  await chooseFromMenu(page, async () => page.locator(".tabs-container .tab.active"), ["Limn", "Edit Image…"]);
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  expect(await quickInput.text()).toContain("Sends images/lake.webp");
  await quickInput.escape();

  await chooseFromMenu(page, async () => workbench.webview().locator("img"), ["Limn", "Edit Image…"]);
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  expect(await quickInput.text()).toContain("Sends images/lake.webp");
  await quickInput.escape();
});

it("shows an error for a file that cannot be a reference image", async () => {
  const { explorer, notifications } = workbench;
  await explorer.menu(["images/logo.svg", "images/hut.png"], "Limn", "Edit Image…");
  await notifications.waitFor("images/logo.svg cannot be a reference image: Limn reads PNG, JPEG and WebP files.");
});

it("has its menu above those that cut, rename and delete", async () => {
  const entries = await workbench.explorer.menuEntries(["images/hut.png"]);
  const own = ["Select for Compare", "Limn", "Cut", "Rename...", "Delete Permanently"];
  expect(entries.filter((entry) => own.includes(entry))).toEqual(own);
});

it("has no menu for other files than images", async () => {
  expect(await workbench.explorer.menuEntries(["index.html"])).not.toContain("Limn");
  expect(await workbench.explorer.menuEntries(["images/logo.svg"])).toContain("Limn");
});

it("lists kept pictures and the other images of the workspace with previews, and links to the chosen one", async () => {
  const { quickInput, page, command, openFile } = workbench;
  await command("View: Close All Editors");
  await openFile("index.html");
  await page.keyboard.press("ControlOrMeta+End");
  await command("Limn: Insert Link");
  await quickInput.waitUntilOpen({ title: "Insert Link" });
  // Kept pictures come first.
  expect((await quickInput.labels()).indexOf("images/hut.png")).toBeGreaterThan(0);
  const previews = page.locator('.quick-input-list .quick-input-list-icon[style*="data:image/webp"]');
  await previews.first().waitFor();
  await workbench.screenshot("insert-link-list");
  await quickInput.type("hut.png");
  await quickInput.accept();
  await page.getByText('src="images/hut.png" alt="hut"').first().waitFor();
});

it("saves a pasted screenshot where the project keeps its images, with a link at each cursor; one Undo takes back all", async () => {
  const { page, folder, command, openFile, quickInput } = workbench;
  await command("View: Close All Editors");
  // Limn is active from its first command on.
  await command("Limn: Insert Link");
  await quickInput.waitUntilOpen({ title: "Insert Link" });
  await page.keyboard.press("Escape");
  await openFile("index.html");
  // On a busy machine, a key may come before the editor has the focus.
  const goToEnd = async () => {
    await page.keyboard.press("ControlOrMeta+End");
    return page.getByText(/^Ln 9\d, Col \d+$/).isVisible();
  };
  await expect.poll(goToEnd, { timeout: 30_000, interval: 500 }).toBe(true);
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await page.getByText("2 selections").waitFor();
  await pasteImage(page);
  const links = page.locator(".view-line", { hasText: "images/see-you-up-there.png" });
  await expect.poll(() => links.count(), { timeout: 30_000 }).toBe(2);
  const file = join(folder, "images/see-you-up-there.png");
  const header = async () => probe(await readFile(file).catch(() => new Uint8Array()));
  await expect.poll(header, { timeout: 30_000 }).toEqual({ format: "PNG", width: 90, height: 60, hasAlpha: true });
  // The alt text is selected at both cursors, to be typed over.
  await page.keyboard.type("Bed");
  const withAlt = (alt: RegExp) => page.locator(".view-line", { hasText: alt }).count();
  await expect.poll(() => withAlt(/alt="Bed".width="90".height="60"/), { timeout: 30_000 }).toBe(2);
  await page.keyboard.press("Escape");
  // The first Undo takes back only what was typed.
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => withAlt(/alt="See.you.up.there".width="90"/), { timeout: 30_000 }).toBe(2);
  expect(await header()).toBeDefined();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(() => links.count(), { timeout: 30_000 }).toBe(0);
  await expect.poll(header, { timeout: 30_000 }).toBeUndefined();
});
