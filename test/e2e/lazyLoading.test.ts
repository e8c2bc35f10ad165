import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { extensionHostPids } from "../support/extensionHostPids.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), { settings: { "limn.engine": "sandbox" } });
});

afterAll(() => workbench?.close());

/** Whether all of Limn is loaded in a window of this server: then it has a log. */
const isLoaded = async (): Promise<boolean> =>
  (await readdir(workbench.server, { recursive: true })).some((path) => path.endsWith("Limn.log"));

/** Reloads the window, as a user does, and waits until another extension host runs. */
async function reloadWindow(): Promise<void> {
  const before = extensionHostPids();
  await workbench.command("Developer: Reload Window");
  await expect.poll(() => extensionHostPids().some((pid) => !before.includes(pid)), { timeout: 60_000 }).toBe(true);
  await workbench.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
}

const readText = (path: string) => readFile(join(workbench.folder, path), "utf8");
const readBytes = (path: string) => readFile(join(workbench.folder, path));

describe("in a window where Limn was not used yet", () => {
  it("an image that is dragged from the explorer into a text becomes a link, and only then Limn is loaded", async () => {
    const { page, explorer } = workbench;
    await workbench.openFile("index.html");
    expect(await isLoaded()).toBe(false);
    const image = await (await explorer.row("images/hut.png")).boundingBox();
    const line = await page.locator(".editor-instance .view-line").nth(5).boundingBox();
    if (image === null || line === null) throw new Error("The file or the line is not in view.");
    const drag = async () => {
      await page.mouse.move(image.x + 60, image.y + 8);
      await page.mouse.down();
      await page.mouse.move(image.x + 90, image.y + 10, { steps: 3 });
      // Shift says that the file is meant for the text, and not to be opened.
      await page.keyboard.down("Shift");
      await page.mouse.move(line.x + 20, line.y + 8, { steps: 8 });
      await page.mouse.up();
      await page.keyboard.up("Shift");
      const dropped = page.locator(".editor-instance .view-line").getByText(/alt="hut"|images\/hut\.png/);
      await dropped.first().waitFor();
    };
    await drag();
    // In its first moments VS Code has not started Limn yet, and makes the plain path of the file:
    // then it is dropped again.
    const link = page.locator(".editor-instance .view-line").getByText('alt="hut"');
    for (let tries = 1; (await link.count()) === 0 && tries < 10; tries++) {
      await page.keyboard.press("ControlOrMeta+z");
      await page.locator(".editor-instance .view-line").getByText("images/hut.png").waitFor({ state: "hidden" });
      await drag();
    }
    await link.first().waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    await expect
      .poll(() => readText("index.html"))
      .toContain('<img src="images/hut.png" alt="hut" width="1000" height="760">');
    expect(await isLoaded()).toBe(true);
  });

  it("Undo Replace Image is in the palette when something was replaced before, and brings the old image back", async () => {
    const { page, explorer, quickInput } = workbench;
    const old = await readBytes("images/hut.png");
    await explorer.menu(["images/hut.png"], "Limn", "Add to Limn References");
    // The click that selected the file has opened it, in a webview too.
    await workbench.command("View: Close All Editors");
    const panel = workbench.webview();
    await panel.getByRole("textbox", { name: "Prompt", exact: true }).fill("At night");
    await panel.getByText(/^Generate 1/).click();
    const tile = panel.locator("limn-sheet").getByRole("gridcell").first();
    await tile.waitFor({ timeout: 60_000 });
    await tile.click();
    await panel.getByRole("button", { name: "Replace the Original" }).first().click();
    await expect.poll(async () => (await readBytes("images/hut.png")).equals(old), { timeout: 20_000 }).toBe(false);
    await workbench.notifications.waitFor("Replaced images/hut.png.");

    // Without the panel in view, nothing loads Limn after the reload.
    await workbench.command("View: Show Explorer");
    await reloadWindow();
    await workbench.command("Limn: Undo Replace Image");
    await expect.poll(async () => (await readBytes("images/hut.png")).equals(old), { timeout: 20_000 }).toBe(true);

    await reloadWindow();
    // Once it is offered, the commands of the manifest are there.
    await page.keyboard.press("F1");
    await quickInput.waitUntilOpen();
    await quickInput.type(">Limn: ");
    await quickInput.item("Limn: Show Log").waitFor();
    expect(await quickInput.hasItem("Limn: Undo Replace Image")).toBe(false);
    await quickInput.escape();
  });
});
