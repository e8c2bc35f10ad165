import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { locatePanel } from "../support/e2e/panel.ts";
import { reloadWindow } from "../support/e2e/windows.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), { settings: { "limn.engine": "sandbox" } });
});

afterAll(() => workbench?.close());

/** Whether a window of this server has loaded all of Limn, which creates a log. */
const isLoaded = async (): Promise<boolean> =>
  (await readdir(workbench.server, { recursive: true })).some((path) => path.endsWith("Limn.log"));

const readText = (path: string) => readFile(join(workbench.folder, path), "utf8");
const readBytes = (path: string) => readFile(join(workbench.folder, path));

describe("in a window that has not used Limn yet", () => {
  it("dragging an image from the Explorer into the editor loads Limn and inserts a link", async () => {
    const { page, explorer } = workbench;
    await workbench.openFile("index.html");
    expect(await isLoaded()).toBe(false);
    const drag = async () => {
      await explorer.dragToLine("images/hut.png", 5);
      const dropped = page.locator(".editor-instance .view-line").getByText(/alt="hut"|images\/hut\.png/);
      await dropped.first().waitFor();
    };
    await drag();
    // VS Code inserts the plain path until it has started Limn, so the test may drop again.
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

  it("Undo Replace Image is available for an earlier replacement, and restores the old image", async () => {
    const { page, explorer, quickInput } = workbench;
    const old = await readBytes("images/hut.png");
    await explorer.menu(["images/hut.png"], "Limn", "Add to References");
    // The click on the file has opened it in another webview.
    await workbench.command("View: Close All Editors");
    const { panel, prompt } = locatePanel(workbench);
    await prompt.fill("At night");
    await panel.getByText(/^Generate 1/).click();
    const tile = panel
      .locator("limn-sheet")
      .getByRole("gridcell", { name: /^Picture/ })
      .first();
    await tile.waitFor({ timeout: 60_000 });
    await tile.click();
    await panel.getByRole("button", { name: "Replace", exact: true }).first().click();
    await expect.poll(async () => (await readBytes("images/hut.png")).equals(old), { timeout: 30_000 }).toBe(false);
    await workbench.notifications.waitFor("Replaced images/hut.png.");

    // A visible panel would load Limn after the reload.
    await workbench.command("View: Show Explorer");
    await reloadWindow(workbench);
    await workbench.command("Limn: Undo Replace Image");
    await expect.poll(async () => (await readBytes("images/hut.png")).equals(old), { timeout: 30_000 }).toBe(true);

    await reloadWindow(workbench);
    // All commands of the manifest are there together with Show Log. A page that is loading loses
    // the key, and an open palette does not update.
    const isListed = async () => {
      await page.keyboard.press("F1");
      const isThere =
        (await quickInput.opens()) &&
        (await quickInput.tryType(">Limn: Show Log")) &&
        (await quickInput.hasItem("Limn: Show Log"));
      if (!isThere) await quickInput.escape();
      return isThere;
    };
    await expect.poll(isListed, { timeout: 60_000 }).toBe(true);
    // The list draws only what is in view.
    await quickInput.type(">Limn: Undo Replace");
    expect(await quickInput.hasItem("Limn: Undo Replace Image")).toBe(false);
    await quickInput.escape();
  });
});
