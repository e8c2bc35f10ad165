import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { source as axe } from "axe-core";
import type { Frame, FrameLocator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { generate } from "../support/e2e/generateFlow.ts";
import { locatePanel, openFormSettings, panelFrame, showPanel } from "../support/e2e/panel.ts";
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

/** Waits for the tiles of the newest job. The sheet renders visible tiles only. */
async function tilesOf(panel: FrameLocator, prompt: string, count: number) {
  const sheet = panel.locator("limn-sheet");
  const heading = sheet.getByRole("rowheader").first();
  const tiles = sheet.getByRole("gridcell", { name: /^Picture/ });
  await expect
    .poll(
      async () => {
        await sheet.evaluate((element) => element.scrollIntoView({ block: "start" }));
        return (await heading.textContent({ timeout: 2000 }).catch(() => "")) ?? "";
      },
      { timeout: 60_000 },
    )
    .toContain(prompt);
  await expect.poll(() => sheet.locator(".tile.waiting").count(), { timeout: 60_000 }).toBe(0);
  await expect.poll(() => tiles.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  return tiles;
}

const imageInfo = async (path: string) => probe(await readFile(join(workbench.folder, path)));
const imageNames = async () => (await readdir(join(workbench.folder, "images"))).sort();

describe("the panel", () => {
  it("generates two pictures by mouse, keeps one and inserts a link to it", async () => {
    const { page, notifications, folder } = workbench;
    await workbench.openFile("index.html");
    await page.keyboard.press("ControlOrMeta+Home");
    const { panel, prompt } = await showPanel(workbench);
    await prompt.fill("A mountain hut at dawn");
    await openFormSettings(panel);
    await panel.getByRole("radio", { name: "16:9" }).click();
    await panel.getByRole("radio", { name: /^2K/ }).click();
    await panel.getByText("2720 × 1536").first().waitFor();
    await panel.getByRole("button", { name: "More: Pictures" }).click();
    await panel.getByRole("textbox", { name: "Save as" }).fill("images/dawn.jpg");
    await workbench.screenshot("panel-1-form");
    await panel.getByText("Generate 2 · free in the sandbox").click();
    await panel
      .getByRole("button", { name: /^Stop Waiting/ })
      .first()
      .waitFor();
    await workbench.screenshot("panel-2-running");
    const tiles = await tilesOf(panel, "A mountain hut at dawn", 2);
    await tiles.first().click();
    await panel
      .getByRole("button", { name: /^Keep$|^Keep \(/ })
      .first()
      .click();
    await expect.poll(imageNames, { timeout: 30_000 }).toContain("dawn.jpg");
    expect(await imageInfo("images/dawn.jpg")).toEqual({ format: "JPG", width: 2720, height: 1536 });
    await workbench.screenshot("panel-3-kept");
    await panel.getByRole("button", { name: "Insert", exact: true }).first().click();
    await page.keyboard.press("ControlOrMeta+s");
    await expect
      .poll(() => readFile(join(folder, "index.html"), "utf8"), { timeout: 30_000 })
      .toContain('src="images/dawn.jpg"');
    expect(await notifications.texts()).toEqual([]);
  });

  it("generates, keeps, stars and discards pictures by keyboard only", async () => {
    const { page } = workbench;
    const { panel, prompt } = await showPanel(workbench);
    await workbench.command("Limn: Focus on Limn View");
    // VS Code moves the focus into the view some time after the command.
    const hasFocus = () => panel.locator("html").evaluate(() => document.hasFocus());
    await expect.poll(hasFocus, { timeout: 30_000 }).toBe(true);
    // The focus may be anywhere below the prompt: Shift+Tab moves back to it.
    const isPromptFocused = () => prompt.evaluate((field) => field.matches(":focus"));
    for (let steps = 0; steps < 60 && !(await isPromptFocused()); steps++) {
      await page.keyboard.press("Shift+Tab");
    }
    // VS Code would handle Ctrl+A late, when the test has already typed more.
    await page.keyboard.press("ControlOrMeta+End");
    for (const _ of await prompt.inputValue()) {
      await page.keyboard.press("Backspace");
    }
    await page.keyboard.type("A lantern in the fog");
    expect(await prompt.inputValue()).toBe("A lantern in the fog");
    await page.keyboard.press("ControlOrMeta+Enter");
    const tiles = await tilesOf(panel, "A lantern in the fog", 2);
    expect(await tiles.count()).toBeGreaterThan(1);
    await panel.getByRole("grid", { name: "Pictures" }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("k");
    await expect.poll(imageNames, { timeout: 30_000 }).toContain("dawn-2.jpg");
    await page.keyboard.press("s");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("x");
    await panel.getByRole("button", { name: "Undo" }).first().waitFor();
    await workbench.screenshot("panel-4-culled");
  });

  it("deletes discarded pictures with Clean Up, after a dialog with their number and size", async () => {
    const { notifications } = workbench;
    const { panel } = await showPanel(workbench);
    const size = () => panel.getByText(/^Vault: /).innerText();
    const before = await size();
    await panel.getByText("Clean Up…").click();
    const dialog = await notifications.dialog("Clean up Limn's vault");
    expect(await dialog.innerText()).toMatch(/Discarded pictures: 1, [\d.]+ [kM]B/);
    await workbench.screenshot("panel-5-clean-up");
    await dialog.getByRole("button", { name: /^Delete Discarded \(/ }).click();
    await expect.poll(size, { timeout: 30_000 }).not.toBe(before);
  });

  it("saves a prompt in the repository, and deletes it after a confirmation", async () => {
    const { quickInput, notifications, folder } = workbench;
    const { panel, prompt } = await showPanel(workbench);
    const shared = () => readFile(join(folder, ".limn/prompts.json"), "utf8").catch(() => "");
    await prompt.fill("A lantern in the {weather}");
    await panel.getByRole("button", { name: "Save this prompt" }).click();
    await quickInput.waitUntilOpen({ title: "Save Prompt (1/2)" });
    await quickInput.pick("For the team, in ostrel-hut");
    await quickInput.waitUntilOpen({ title: "Save Prompt (2/2)" });
    await quickInput.type("Lantern");
    await quickInput.accept();
    await expect.poll(shared, { timeout: 30_000 }).toContain("A lantern in the {weather}");

    await panel.getByRole("button", { name: "Earlier and saved prompts" }).click();
    await panel.getByRole("list", { name: "Saved" }).getByText("Lantern", { exact: true }).waitFor();
    await workbench.screenshot("panel-6-prompts");
    await panel.getByRole("button", { name: "Delete" }).first().click();
    await notifications.pressInDialog("Delete the prompt “Lantern”?", "Delete");
    await expect.poll(shared, { timeout: 30_000 }).not.toContain("Lantern");
  });

  it("asks for the variables of a free draft under the name of its button, and makes none on Escape", async () => {
    const { quickInput, notifications } = workbench;
    const { panel, prompt } = await showPanel(workbench);
    await prompt.fill("A lantern in the {weather}");
    await panel.getByRole("button", { name: "Make Free Draft" }).click();
    await quickInput.waitUntilOpen({ title: "Make Free Draft" });
    await quickInput.escape();
    expect(await notifications.texts()).toEqual([]);
  });

  it("restores its prompt and shows the pictures after a reload during a job", async () => {
    const { panel, prompt } = await showPanel(workbench);
    await prompt.fill("A slow boat [sandbox:delay=8]");
    await panel.getByRole("button", { name: "Fewer: Pictures" }).click();
    await panel.getByText(/^Generate 1/).click();
    await panel
      .getByRole("button", { name: /^Stop Waiting/ })
      .first()
      .waitFor();
    await workbench.command("Developer: Reload Window");
    await panel.locator("limn-app").waitFor({ state: "detached" });
    // VS Code restores the view that was open.
    const restored = locatePanel(workbench);
    await restored.prompt.waitFor({ timeout: 60_000 });
    await tilesOf(restored.panel, "A slow boat", 1);
    expect(await restored.prompt.inputValue()).toContain("A slow boat");
  });

  it("is filled again when VS Code loads its page again", async () => {
    const { panel, prompt } = await showPanel(workbench);
    await prompt.fill("A thought before the reload");
    await panel.locator("limn-app").evaluate((app) => app.toggleAttribute("data-old"));
    await workbench.command("Developer: Reload Webviews");
    await panel.locator("limn-app:not([data-old])").waitFor({ state: "attached", timeout: 30_000 });
    await prompt.waitFor();
    expect(await prompt.inputValue()).toBe("A thought before the reload");
    await tilesOf(panel, "A slow boat", 1);
  });

  it("keeps its page while it is hidden, and then shows what has changed meanwhile", async () => {
    const { page, notifications } = workbench;
    const { prompt } = await showPanel(workbench);
    await prompt.fill("Half a thought");
    const frame = await panelFrame(page);
    await page.getByRole("tab", { name: /^Explorer/ }).click();
    await prompt.waitFor({ state: "hidden" });
    await generate(workbench, "A hidden heron", { path: "images/heron.jpg" });
    await notifications.waitFor("Saved images/heron.jpg");
    // The saved image is open, which is a webview too.
    await workbench.command("View: Close All Editors");
    const { panel } = await showPanel(workbench);
    await tilesOf(panel, "A hidden heron", 1);
    expect(frame.isDetached()).toBe(false);
    expect(await prompt.inputValue()).toBe("Half a thought");
  });

  it("has no accessibility violations in any of the four theme kinds", async () => {
    const { page, quickInput } = workbench;
    await showPanel(workbench);
    for (const [theme, kind] of themes) {
      await workbench.command("Preferences: Color Theme");
      await quickInput.type(theme);
      await quickInput.accept();
      await quickInput.waitUntilClosed();
      const frame = await panelFrame(page);
      await frame.locator(`body.${kind}`).waitFor();
      // Colors change with a transition, in the panel and around it.
      for (const animatedFrame of [frame, page.mainFrame()]) {
        await animatedFrame.evaluate(transitionsEnded);
      }
      await workbench.screenshot(`panel-theme-${theme.replaceAll(" ", "-").toLowerCase()}`);
      expect(await violations(frame), theme).toEqual([]);
    }
  });
});

/** Names of VS Code's own themes, and the class that VS Code sets on a webview for each. */
const themes = [
  ["Dark Modern", "vscode-dark"],
  ["Light Modern", "vscode-light"],
  ["Dark High Contrast", "vscode-high-contrast:not(.vscode-high-contrast-light)"],
  ["Light High Contrast", "vscode-high-contrast-light"],
] as const;

/** Runs in a page: resolves when all transitions have ended. */
async function transitionsEnded(): Promise<void> {
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.all(transitions.map(({ finished }) => finished.catch(() => undefined)));
}

/** Returns the violations that axe-core finds, each with its elements. */
async function violations(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    // The page is transparent, and axe-core cannot see the side bar behind the frame.
    const root = document.documentElement;
    root.style.background = getComputedStyle(root).getPropertyValue("--vscode-sideBar-background");
    const found = await Reflect.get(window, "axe").run(document);
    root.style.background = "";
    return found.violations.map(
      ({ id, nodes }: { id: string; nodes: { target: unknown[] }[] }) =>
        `${id}: ${nodes.map(({ target }) => String(target)).join(" | ")}`,
    );
  });
}
