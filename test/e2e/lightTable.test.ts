import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { allowClipboard, clipboardImage } from "../support/clipboardImage.ts";
import { openFormSettings, panelFrame, showPanel, waitForLightTable } from "../support/e2e/panel.ts";
import { reloadWindow } from "../support/e2e/windows.ts";
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

const press = async (...keys: readonly string[]) => {
  for (const key of keys) await workbench.page.keyboard.press(key);
};
const heading = (table: Frame) => table.getByRole("heading", { level: 1 }).textContent();
const tab = () => workbench.page.locator(".tabs-container .tab.active");
const waitForHeading = (table: Frame, text: string) =>
  expect.poll(() => heading(table), { timeout: 30_000 }).toBe(text);
const imageNames = async () =>
  (await readdir(join(workbench.folder, "images"))).filter((name) => name.includes("dawn"));

it("chooses among four pictures by keyboard: looks, keeps, discards, compares and returns to the panel", async () => {
  const { page, notifications } = workbench;
  const { panel, prompt } = await showPanel(workbench);
  await prompt.fill("A mountain hut at dawn");
  await openFormSettings(panel);
  for (let count = 1; count < 4; count++) await panel.getByRole("button", { name: "More: Pictures" }).click();
  await panel.getByText(/^Generate 4/).click();
  await expect.poll(() => panel.getByRole("gridcell", { name: /^Picture/ }).count(), { timeout: 90_000 }).toBe(4);
  await panel.getByRole("grid", { name: "Pictures" }).focus();
  await press("Home");
  const size = { width: 2048, height: 2048 };
  await allowClipboard(page);
  await panel.getByRole("gridcell").first().click({ button: "right" });
  await panel.getByRole("menuitem", { name: "Copy Image", exact: true }).click();
  await expect.poll(() => clipboardImage(page), { timeout: 30_000 }).toEqual(size);
  await panel.getByRole("grid", { name: "Pictures" }).focus();
  await press("Enter");

  const table = await waitForLightTable(page);
  await waitForHeading(table, "A mountain hut at dawn, 1 of 4");
  expect(await tab().textContent()).toContain("A mountain hut at dawn, 1 of 4");
  await workbench.screenshot("light-table-1-open");
  // The keys reach the page without a click.
  await allowClipboard(page);
  await press("y");
  await expect.poll(() => clipboardImage(page), { timeout: 30_000 }).toEqual(size);
  await press("ArrowRight");
  await waitForHeading(table, "A mountain hut at dawn, 2 of 4");
  await expect.poll(() => tab().textContent(), { timeout: 30_000 }).toContain("2 of 4");
  await press("k");
  await table.getByRole("button", { name: "Kept" }).waitFor({ timeout: 30_000 });
  expect(await imageNames()).toEqual(["a-mountain-hut-at-dawn.jpg"]);
  await table.getByRole("link", { name: "images/a-mountain-hut-at-dawn.jpg" }).waitFor();
  await workbench.screenshot("light-table-2-kept");
  await press("End", "x");
  await table.getByText("Discarded: A mountain hut at dawn, 4 of 4").first().waitFor({ timeout: 30_000 });
  await waitForHeading(table, "A mountain hut at dawn, 3 of 4");
  await workbench.screenshot("light-table-3-discarded");
  // The panel shows it too.
  const panelPage = await panelFrame(page);
  await expect.poll(() => panelPage.getByRole("gridcell").count(), { timeout: 30_000 }).toBe(3);

  await press("c");
  await expect.poll(() => tab().textContent(), { timeout: 30_000 }).toContain("↔");
  await table.getByRole("slider").waitFor();
  await workbench.screenshot("light-table-4-comparing");
  await press("Escape");
  await waitForHeading(table, "A mountain hut at dawn, 3 of 4");
  await press("Escape");
  await notifications.waitFor("2 pictures are not decided. They stay in the Limn panel.");
  await expect.poll(() => workbench.page.locator(".tabs-container .tab").count(), { timeout: 30_000 }).toBe(0);
  await workbench.screenshot("light-table-5-back");
  // The panel has the focus again: Enter opens the same tile.
  await expect.poll(() => panelPage.evaluate(() => document.hasFocus()), { timeout: 30_000 }).toBe(true);
  await panelPage.locator("lit-virtualizer:focus").waitFor();
  await press("Enter");
  await waitForHeading(await waitForLightTable(page), "A mountain hut at dawn, 1 of 4");
});

it("makes a picture the reference of the form, which has the focus then", async () => {
  const { page } = workbench;
  await press("e");
  const panel = await panelFrame(page);
  await panel.getByLabel(/^Reference 1 of 1: A mountain hut at dawn/).waitFor();
  const prompt = panel.getByRole("textbox", { name: "Prompt", exact: true });
  await expect.poll(() => prompt.evaluate((field) => field.matches(":focus")), { timeout: 30_000 }).toBe(true);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(", at night");
  expect(await prompt.inputValue()).toBe("A mountain hut at dawn, at night");
  await workbench.screenshot("light-table-6-edit");
});

it("opens again with its picture after the window is reloaded", async () => {
  const { page } = workbench;
  const table = await waitForLightTable(page);
  await table.getByRole("option", { name: "A mountain hut at dawn, 2 of 4" }).click();
  await waitForHeading(table, "A mountain hut at dawn, 2 of 4");
  await workbench.command("View: Show Explorer");
  await reloadWindow(workbench);
  await expect
    .poll(async () => heading(await waitForLightTable(page)), { timeout: 90_000 })
    .toBe("A mountain hut at dawn, 2 of 4");
});

it("says in the status bar where undecided pictures are when its tab is closed by the mouse", async () => {
  const { page } = workbench;
  await tab().click({ button: "middle" });
  const text = "2 pictures are not decided. They stay in the Limn panel.";
  await page.locator(".statusbar-item").filter({ hasText: text }).waitFor({ timeout: 30_000 });
  expect(await page.locator(".notification-toast").filter({ hasText: text }).count()).toBe(0);
  await workbench.screenshot("light-table-7-closed");
});
