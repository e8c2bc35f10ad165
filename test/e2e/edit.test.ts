import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { chooseFromMenu } from "../support/e2e/contextMenu.ts";
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

it("edits two images that are right-clicked together, and saves the result beside the first", async () => {
  const { explorer, quickInput, notifications, folder } = workbench;
  await explorer.menu(["images/ridge.jpg", "images/hut.png"], "Limn", "Edit Image…");
  await quickInput.open({ title: "Edit Image" });
  expect(await quickInput.text()).toContain("Sends 2 reference images");
  expect(await quickInput.text()).toContain("without metadata");
  await quickInput.type("At night, in light snow");
  await workbench.screenshot("edit-1-prompt");
  await quickInput.accept();
  await quickInput.open({ placeholder: /Size in pixels/ });
  expect((await quickInput.labels()).slice(0, 3)).toEqual([
    "1248 × 832",
    "Like the reference, 2K",
    "Like the reference, 1K",
  ]);
  await workbench.screenshot("edit-2-size");
  await quickInput.accept();
  await quickInput.open({ placeholder: /How many/ });
  await quickInput.pick("1 picture");
  await quickInput.open({ placeholder: "images/fox.png" });
  expect(await quickInput.value()).toBe("images/ridge-edit.jpg");
  await quickInput.accept();

  await notifications.see("Saved images/ridge-edit.jpg · 1248 × 832 · $0.028 in play money");
  await workbench.screenshot("edit-3-saved");
  const bytes = await readFile(join(folder, "images/ridge-edit.jpg"));
  expect(probe(bytes)).toEqual({ format: "JPG", width: 1248, height: 832 });
});

it("edits the open image from its tab and from the picture itself", async () => {
  const { page, quickInput } = workbench;
  await workbench.openFile("images/lake.webp");
  await chooseFromMenu(page, async () => page.locator(".tabs-container .tab.active"), ["Limn", "Edit Image…"]);
  await quickInput.open({ title: "Edit Image" });
  expect(await quickInput.text()).toContain("Sends images/lake.webp");
  await quickInput.escape();

  await chooseFromMenu(page, async () => workbench.webview().locator("img"), ["Limn", "Edit Image…"]);
  await quickInput.open({ title: "Edit Image" });
  expect(await quickInput.text()).toContain("Sends images/lake.webp");
  await quickInput.escape();
});

it("says which file it cannot read", async () => {
  const { explorer, notifications } = workbench;
  await explorer.menu(["images/logo.svg", "images/hut.png"], "Limn", "Edit Image…");
  await notifications.see("images/logo.svg cannot be a reference image: Limn reads PNG, JPEG and WebP files.");
});

it("offers no editing for what is no image", async () => {
  expect(await workbench.explorer.menuEntries(["index.html"])).not.toContain("Limn");
  expect(await workbench.explorer.menuEntries(["images/logo.svg"])).not.toContain("Limn");
});
