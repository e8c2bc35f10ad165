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
const bytesAt = (path: string) => readFile(join(workbench.folder, path));
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

/** Makes the free draft of a prompt for og:image with the form of the panel. */
async function makeDraftForOg(prompt: string): Promise<void> {
  // The panel must be the only page.
  await workbench.command("View: Close All Editors");
  await showPanel(workbench);
  await openFormSettings(panel());
  await panel().getByRole("combobox", { name: "For" }).selectOption("og:image");
  await locatePanel(workbench).prompt.fill(prompt);
  await panel().getByRole("button", { name: "Make Free Draft" }).click();
}

it("asks before the files of a rendered draft's target are replaced: Escape and Cancel keep them, Replace has an Undo", async () => {
  const { notifications, page, quickInput } = workbench;
  const [draft, file] = ["images/a-coot-for-a-link.jpg", "images/a-coot-for-a-link-og.jpg"];
  await makeDraftForOg("A coot for a link");
  await notifications.waitFor(`Made a free draft: ${draft}, and ${file} made from it`);
  const [draftBefore, fileBefore] = await Promise.all([bytesAt(draft), bytesAt(file)]);
  const question = `${file} exists. Replace it?`;
  const saved = `Saved ${draft}`;

  /** Renders the draft, then answers the question with a function. */
  const render = async (answer: () => Promise<void>) => {
    await workbench.command("Limn: Render Drafts…");
    await quickInput.waitUntilOpen({ title: "Render Drafts: 1 of 1, free in the sandbox" });
    // The end of a row is cut off beside a long path.
    expect(await quickInput.text()).toContain("for og:image · 2720 × 1536 · JPG");
    await quickInput.accept();
    await notifications.dialog(question);
    await workbench.screenshot("panel-target-4-question");
    expect(await bytesAt(draft)).not.toEqual(draftBefore);
    expect(await bytesAt(file)).toEqual(fileBefore);
    await answer();
    await page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
  };

  for (const answer of [() => page.keyboard.press("Escape"), () => notifications.pressInDialog(question, "Cancel")]) {
    await workbench.command("Notifications: Clear All Notifications");
    await render(answer);
    // The picture stays.
    expect(await bytesAt(file)).toEqual(fileBefore);
    expect(await bytesAt(draft)).not.toEqual(draftBefore);
    await notifications.press(saved, "Undo");
    await expect.poll(() => bytesAt(draft)).toEqual(draftBefore);
    // Nothing was said but that the picture was saved, and Undo has closed that.
    expect(await notifications.texts()).toEqual([]);
  }

  await render(() => notifications.pressInDialog(question, "Replace"));
  const exported = await notifications.waitFor(`Exported ${file}: 1200 × 630`);
  expect(await bytesAt(file)).not.toEqual(fileBefore);
  await exported.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => bytesAt(file)).toEqual(fileBefore);
  expect(await bytesAt(draft)).not.toEqual(draftBefore);
});

it("offers to write the files of a rendered draft's target again when its picture arrives after a reload", async () => {
  const { notifications, quickInput } = workbench;
  const [draft, file] = ["images/a-slow-coot-sandbox-delay-8.jpg", "images/a-slow-coot-sandbox-delay-8-og.jpg"];
  await makeDraftForOg("A slow coot [sandbox:delay=8]");
  await notifications.waitFor(`Made a free draft: ${draft}, and ${file} made from it`);
  const fileBefore = await bytesAt(file);
  await workbench.command("Limn: Render Drafts…");
  await quickInput.waitUntilOpen({ title: "Render Drafts: 1 of 1, free in the sandbox" });
  await quickInput.accept();
  await panel()
    .getByRole("button", { name: /^Stop Waiting/ })
    .first()
    .waitFor();
  await workbench.command("Developer: Reload Window");
  const arrived = await notifications.waitFor(`Saved ${draft}.`);
  await workbench.screenshot("panel-target-5-after-reload");
  await arrived.getByRole("button", { name: "Export for og:image", exact: true }).click();
  await notifications.pressInDialog(`${file} exists. Replace it?`, "Replace");
  await notifications.waitFor(`Exported ${file}: 1200 × 630`);
  expect(await bytesAt(file)).not.toEqual(fileBefore);
});
