import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { source as axe } from "axe-core";
import type { Frame, FrameLocator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
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

/** The tiles of the newest job, once they are there: the sheet shows only what is scrolled to. */
async function tilesOf(panel: FrameLocator, prompt: string, count: number) {
  const sheet = panel.locator("limn-sheet");
  const heading = sheet.getByRole("rowheader").first();
  const tiles = sheet.getByRole("gridcell");
  await expect
    .poll(
      async () => {
        await sheet.evaluate((element) => element.scrollIntoView({ block: "start" }));
        return (await heading.textContent({ timeout: 2000 }).catch(() => "")) ?? "";
      },
      { timeout: 60_000 },
    )
    .toContain(prompt);
  await expect.poll(() => tiles.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  return tiles;
}

const promptIn = (panel: FrameLocator) => panel.getByRole("textbox", { name: "Prompt", exact: true });

/** Shows the panel by its icon in the activity bar, and waits for its form. */
async function showPanel() {
  const { page } = workbench;
  const panel = workbench.webview();
  const prompt = promptIn(panel);
  if (!(await prompt.isVisible().catch(() => false))) {
    await page.getByRole("tab", { name: /^Limn/ }).locator("a").click();
  }
  await prompt.waitFor({ timeout: 30_000 });
  return { panel, prompt };
}

const imageInfo = async (path: string) => probe(await readFile(join(workbench.folder, path)));
const imageNames = async () => (await readdir(join(workbench.folder, "images"))).sort();

describe("the panel", () => {
  it("makes two pictures by mouse, keeps one and links it in the page", async () => {
    const { page, notifications, folder } = workbench;
    await workbench.openFile("index.html");
    await page.keyboard.press("ControlOrMeta+Home");
    const { panel, prompt } = await showPanel();
    await prompt.fill("A mountain hut at dawn");
    await panel.getByRole("radio", { name: "16:9" }).click();
    await panel.getByRole("radio", { name: "2K" }).click();
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
    await expect.poll(imageNames, { timeout: 10_000 }).toContain("dawn.jpg");
    expect(await imageInfo("images/dawn.jpg")).toEqual({ format: "JPG", width: 2720, height: 1536 });
    await workbench.screenshot("panel-3-kept");
    await panel.getByRole("button", { name: "Insert Link" }).first().click();
    await page.keyboard.press("ControlOrMeta+s");
    await expect
      .poll(() => readFile(join(folder, "index.html"), "utf8"), { timeout: 10_000 })
      .toContain('src="images/dawn.jpg"');
    expect(await notifications.texts()).toEqual([]);
  });

  it("does the same by keyboard only", async () => {
    const { page } = workbench;
    const { panel, prompt } = await showPanel();
    await workbench.command("Limn: Focus on Limn View");
    // Tab goes on from wherever it was; backwards, the prompt is reached from below.
    const isThere = () => prompt.evaluate((field) => field.matches(":focus"));
    for (let steps = 0; steps < 60 && !(await isThere()); steps++) {
      await page.keyboard.press("Shift+Tab");
    }
    // Not Ctrl+A: VS Code carries it out a moment later, when a test has typed on.
    await page.keyboard.press("ControlOrMeta+End");
    for (const _ of await prompt.inputValue()) {
      await page.keyboard.press("Backspace");
    }
    await page.keyboard.type("A lantern in the fog");
    await page.keyboard.press("ControlOrMeta+Enter");
    const tiles = await tilesOf(panel, "A lantern in the fog", 2);
    expect(await tiles.count()).toBeGreaterThan(1);
    await panel.getByRole("grid", { name: "Pictures" }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("k");
    await expect.poll(imageNames, { timeout: 10_000 }).toContain("dawn-2.jpg");
    await page.keyboard.press("s");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("x");
    await panel.getByRole("button", { name: "Undo" }).first().waitFor();
    await workbench.screenshot("panel-4-culled");
  });

  it("cleans up what was discarded, after it was told the numbers", async () => {
    const { notifications } = workbench;
    const { panel } = await showPanel();
    const size = () => panel.getByText(/^Vault: /).innerText();
    const before = await size();
    await panel.getByText("Clean Up…").click();
    const dialog = await notifications.dialog("Clean up Limn's vault");
    expect(await dialog.innerText()).toMatch(/Discarded pictures: 1, [\d.]+ MB/);
    await workbench.screenshot("panel-5-clean-up");
    await dialog.getByRole("button", { name: /^Delete Discarded/ }).click();
    await expect.poll(size, { timeout: 10_000 }).not.toBe(before);
  });

  it("saves a prompt for the team in the repository, and deletes it after a question", async () => {
    const { quickInput, notifications, folder } = workbench;
    const { panel, prompt } = await showPanel();
    const shared = () => readFile(join(folder, ".limn/prompts.json"), "utf8").catch(() => "");
    await prompt.fill("A lantern in the {weather}");
    await panel.getByRole("button", { name: "Save this prompt" }).click();
    await quickInput.waitUntilOpen({ title: "Save Prompt (1/2)" });
    await quickInput.pick("For the team, in ostrel-hut");
    await quickInput.waitUntilOpen({ title: "Save Prompt (2/2)" });
    await quickInput.type("Lantern");
    await quickInput.accept();
    await expect.poll(shared, { timeout: 10_000 }).toContain("A lantern in the {weather}");

    await panel.getByRole("button", { name: "Earlier and saved prompts" }).click();
    await panel.getByRole("list", { name: "Saved" }).getByText("Lantern", { exact: true }).waitFor();
    await workbench.screenshot("panel-6-prompts");
    await panel.getByRole("button", { name: "Delete" }).first().click();
    await notifications.pressInDialog("Delete the prompt “Lantern”?", "Delete");
    await expect.poll(shared, { timeout: 10_000 }).not.toContain("Lantern");
  });

  it("has everything again after the window was reloaded in the middle of a job", async () => {
    const { panel, prompt } = await showPanel();
    await prompt.fill("A slow boat [sandbox:delay=8]");
    await panel.getByRole("button", { name: "Fewer: Pictures" }).click();
    await panel.getByText(/^Generate 1/).click();
    await panel
      .getByRole("button", { name: /^Stop Waiting/ })
      .first()
      .waitFor();
    await workbench.command("Developer: Reload Window");
    await panel.locator("limn-app").waitFor({ state: "detached" });
    // VS Code shows the view again that was in view.
    const again = { panel: workbench.webview(), prompt: promptIn(workbench.webview()) };
    await again.prompt.waitFor({ timeout: 60_000 });
    await tilesOf(again.panel, "A slow boat", 1);
    expect(await again.prompt.inputValue()).toContain("A slow boat");
  });

  it("has no accessibility faults in any of the four kinds of theme", async () => {
    const { page, quickInput } = workbench;
    await showPanel();
    for (const [theme, kind] of themes) {
      await workbench.command("Preferences: Color Theme");
      await quickInput.type(theme);
      await quickInput.accept();
      await quickInput.waitUntilClosed();
      const frame = await panelFrame(page.frames());
      await frame.locator(`body.${kind}`).waitFor();
      // Colors glide to their new values, in the panel and around it.
      for (const one of [frame, page.mainFrame()]) {
        await one.evaluate(transitionsEnded);
      }
      await workbench.screenshot(`panel-theme-${theme.replaceAll(" ", "-").toLowerCase()}`);
      expect(await violations(frame), theme).toEqual([]);
    }
  });
});

/** Names of VS Code's own themes, and the class that a webview of each has. */
const themes = [
  ["Dark Modern", "vscode-dark"],
  ["Light Modern", "vscode-light"],
  ["Dark High Contrast", "vscode-high-contrast:not(.vscode-high-contrast-light)"],
  ["Light High Contrast", "vscode-high-contrast-light"],
] as const;

/**
 * Runs in a page: resolves when no transition is under way. One that was cut short has ended too.
 */
async function transitionsEnded(): Promise<void> {
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.all(transitions.map(({ finished }) => finished.catch(() => undefined)));
}

/** The frame the panel's page is in, found by its own element. */
async function panelFrame(frames: readonly Frame[]): Promise<Frame> {
  for (const frame of frames) {
    if ((await frame.locator("limn-app").count()) > 0) {
      return frame;
    }
  }
  throw new Error("The panel is in none of the frames.");
}

/** What axe-core finds, each with the elements it is about. */
async function violations(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    // The page lets the side bar show through, and axe-core cannot see through a frame.
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
