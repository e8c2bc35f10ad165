// npm run pictures: takes the pictures of the README in a real VS Code and writes docs/pictures.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { root } from "../../scripts/paths.ts";
import { answerUntilPath, startGenerating } from "../support/e2e/generateFlow.ts";
import { openFormSettings, showPanel, waitForLightTable } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

const prompt = "A mountain hut at sunrise, fresh snow";

const windowSize = { width: 1280, height: 740 } as const;

let workbench: Workbench;

/** Drags the edge of the side bar to the right. */
async function widenSideBar(): Promise<void> {
  const { mouse } = workbench.page;
  const { x, width } = await boxOf(workbench.page.locator(".part.sidebar"));
  await mouse.move(x + width, 400);
  await mouse.down();
  await mouse.move(x + width + 70, 400, { steps: 5 });
  await mouse.up();
}

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: {
      "limn.engine": "sandbox",
      "limn.openAfterSaving": false,
      "limn.sandbox.delay": 0,
      "workbench.colorTheme": "Default Dark Modern",
      "breadcrumbs.enabled": false,
      "editor.fontSize": 13,
      "editor.minimap.enabled": false,
      "editor.stickyScroll.enabled": false,
      "editor.wordWrap": "on",
    },
    deviceScaleFactor: 2,
  });
  await workbench.page.setViewportSize(windowSize);
  await widenSideBar();
});

afterAll(async () => {
  await workbench?.close();
});

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Writes what is in this part of the window, in CSS pixels, to docs/pictures. */
async function takePicture(name: string, clip: Clip): Promise<void> {
  const png = await workbench.page.screenshot({ clip });
  await sharp(png)
    .webp({ quality: 86, effort: 6 })
    .toFile(join(root, "docs/pictures", `${name}.webp`));
}

/** The place of an element in the window. */
async function boxOf(element: Locator): Promise<Clip> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("The element is not in view.");
  return box;
}

/** All of the window but its title. */
const withoutTitle: Clip = { x: 0, y: 30, width: windowSize.width, height: windowSize.height - 30 };

it("shows the panel with two pictures, and the link to one in the document", async () => {
  const { page, quickInput, folder } = workbench;
  await workbench.openFile("index.html");
  await page.locator(".editor-instance .view-line").getByText("hero picture goes here").click();
  const { panel, prompt: field } = await showPanel(workbench);
  await field.fill(prompt);
  await openFormSettings(panel);
  await panel.getByRole("radio", { name: "16:9" }).click();
  await panel.getByRole("button", { name: "More: Pictures" }).click();
  await panel.locator("limn-form details summary").click();
  await panel.getByText("Generate 2 · free in the sandbox").click();
  const tiles = panel.getByRole("gridcell");
  await expect.poll(() => tiles.locator("img").count()).toBeGreaterThan(0);
  await panel.getByRole("button", { name: "Insert", exact: true }).first().click();
  await quickInput.waitUntilOpen({ title: "Insert Link" });
  await takePicture("insert-link", await boxOf(page.locator(".quick-input-widget")));
  await quickInput.accept();
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => readFile(join(folder, "index.html"), "utf8")).toContain(`alt="${prompt}"`);
  await takePicture("panel", withoutTitle);
});

it("shows one of four pictures on the light table", async () => {
  const { page } = workbench;
  const { panel, prompt: field } = await showPanel(workbench);
  await field.fill("A desk with a laptop, flat colours");
  await openFormSettings(panel);
  for (let number = 2; number < 4; number++) await panel.getByRole("button", { name: "More: Pictures" }).click();
  await panel.locator("limn-form details summary").click();
  await panel.getByText("Generate 4 · free in the sandbox").click();
  await panel.getByRole("gridcell", { name: /^Picture 4/ }).waitFor();
  await panel.getByRole("grid", { name: "Pictures" }).focus();
  for (const key of ["Home", "Enter"]) await page.keyboard.press(key);
  const table = await waitForLightTable(page);
  await page.keyboard.press("ArrowRight");
  await page.locator(".tabs-container .tab.active").getByText("2 of 4").waitFor();
  // The icons are a font.
  await table.evaluate(() => document.fonts.load("16px codicon"));
  await takePicture("light-table", await boxOf(page.locator(".part.editor")));
});

it("shows the last step of the commands, with the price", async () => {
  const { page, quickInput } = workbench;
  await startGenerating(workbench, "A table with rye bread, butter and jam");
  await answerUntilPath(workbench);
  await page.getByText(/Enter generates/).waitFor();
  await takePicture("flow", await boxOf(page.locator(".quick-input-widget")));
  await quickInput.escape();
});

it("shows an image beside its edit", async () => {
  const { explorer, notifications, page, quickInput } = workbench;
  await workbench.command("View: Close All Editors");
  await workbench.command("View: Show Explorer");
  await explorer.menu(["images/lake.webp"], "Limn", "Edit Image…");
  await quickInput.waitUntilOpen({ title: "Edit Image" });
  await quickInput.type("In the mist");
  await answerUntilPath(workbench, { count: "1 picture" });
  await quickInput.accept();
  await notifications.press("Saved images/lake-edit.webp", "Compare");
  await workbench.webview().locator(".layer.right img").first().waitFor();
  await workbench.command("Notifications: Clear All Notifications");
  await takePicture("compare", await boxOf(page.locator(".part.editor")));
});
