import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { locatePanel, openFormSettings, showPanel, waitForLightTable } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "sandbox", "limn.sandbox.delay": 200, "workbench.colorTheme": "Default Dark Modern" },
  });
});

afterAll(() => workbench?.close());

const panel = () => workbench.webview();
const images = () => readdir(join(workbench.folder, "images"));
const pixelsOf = async (name: string) => probe(await readFile(join(workbench.folder, "images", name)));

it("makes a picture for a link preview: Keep writes the file of the exact size, with the crop moved by keys, and Undo deletes it", async () => {
  await showPanel(workbench);
  await openFormSettings(panel());
  const form = panel().locator("limn-form");
  await form.getByRole("combobox", { name: "For" }).selectOption("og:image");
  await form.getByRole("checkbox", { name: /^Add to the prompt: “Keep the subject in the middle 90 %/ }).waitFor();
  await form.getByText(/7\s% is cut off/).waitFor();
  await locatePanel(workbench).prompt.fill("A grebe for a link");
  await workbench.screenshot("panel-target-1-form");
  await form.locator("limn-generate-button vscode-button").click();
  const sheet = panel().locator("limn-sheet");
  await sheet
    .getByRole("gridcell", { name: /^Picture/ })
    .first()
    .dblclick();
  const table = await waitForLightTable(workbench.page);
  await table.getByRole("button", { name: "Move Crop", exact: true }).click();
  const frame = table.getByRole("slider", { name: "Crop for og:image" });
  await frame.waitFor();
  // As many as it takes from wherever the subject was found.
  for (let count = 0; count < 6; count++) await frame.press("Shift+ArrowUp");
  expect(await frame.getAttribute("aria-valuetext")).toBe("Cut off: 0 px above, 108 px below");
  await frame.press("ArrowDown");
  expect(await frame.getAttribute("aria-valuetext")).toBe("Cut off: 2 px above, 106 px below");
  await workbench.screenshot("panel-target-2-crop");
  await frame.press("k");
  const exported = /Exported images\/a-grebe-for-a-link-og\.jpg: 1200 × 630, \d+ kB, quality \d+\./;
  const done = await workbench.notifications.waitFor(exported);
  await workbench.screenshot("panel-target-3-kept");
  expect(await pixelsOf("a-grebe-for-a-link-og.jpg")).toEqual({ format: "JPG", width: 1200, height: 630 });
  expect(await pixelsOf("a-grebe-for-a-link.jpg")).toEqual({ format: "JPG", width: 2720, height: 1536 });
  await done.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(images).not.toContain("a-grebe-for-a-link-og.jpg");
  expect(await images()).toContain("a-grebe-for-a-link.jpg");
});
