import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { copySample } from "../../scripts/sampleSite.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { greyPng } from "../support/greyPng.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

const execFileAsync = promisify(execFile);
let repository: TemporaryFolder;
let workbench: Workbench;
/** Console messages about violations of the Content Security Policy. */
const cspViolations: string[] = [];

/** Makes a Git repository of the sample site, with one image changed since the last commit. */
async function makeRepository(folder: string): Promise<void> {
  await copySample(folder);
  const git = (...args: readonly string[]) =>
    execFileAsync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], { cwd: folder });
  await git("init", "--quiet");
  await writeFile(join(folder, "images/grey.png"), greyPng(400, 300, 60));
  await git("add", ".");
  await git("commit", "--quiet", "--message", "Site");
  await writeFile(join(folder, "images/grey.png"), greyPng(800, 600, 200));
}

beforeAll(async () => {
  repository = await temporaryFolder();
  await makeRepository(repository.path);
  workbench = await openWorkbench(inject("extensions"), {
    folder: repository.path,
    settings: { "git.enabled": true, "limn.engine": "sandbox", "workbench.colorTheme": "Default Dark Modern" },
  });
  workbench.page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text()) && /compare|codicon|inline/.test(message.text())) {
      cspViolations.push(message.text());
    }
  });
});

afterAll(async () => {
  await workbench?.close();
  await repository?.remove();
});

/** Waits until both images of the visible compare tab are loaded, and returns its captions. */
async function captions(page: FrameLocator): Promise<readonly (string | undefined)[]> {
  await page.locator(".layer.right img").first().waitFor();
  return page
    .locator(".caption")
    .evaluateAll((all) => all.map((caption) => caption.textContent?.replace(/\s+/g, " ").trim()));
}

const closeEditor = async () => workbench.command("View: Close All Editors");

it("compares two selected images of the Explorer, and moves the slider by keyboard", async () => {
  const { explorer, page } = workbench;
  await explorer.menu(["images/ridge.jpg", "images/lake.webp"], "Limn", "Compare Images");
  const tab = workbench.webview();
  expect((await captions(tab)).toSorted()).toEqual(["images/lake.webp 1200 × 800", "images/ridge.jpg 1600 × 1067"]);
  const slider = tab.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("Shift+ArrowRight");
  expect(await slider.getAttribute("aria-valuenow")).toBe("60");
  await workbench.screenshot("compare-1-slider");
  await page.keyboard.press("2");
  await tab.locator(".stage.side").waitFor();
  await workbench.screenshot("compare-2-side");
  expect(cspViolations).toEqual([]);
});

it("keeps its mode when its tab is shown again", async () => {
  await workbench.openFile("index.html");
  await workbench.page.locator(".tabs-container .tab").filter({ hasText: "↔" }).click();
  await workbench.webview().locator(".stage.side .layer.right img").last().waitFor();
  await closeEditor();
});

it("compares an image with HEAD from the Explorer, and reports an unchanged one", async () => {
  await workbench.explorer.menu(["images/grey.png"], "Limn", "Compare Image with HEAD");
  const tab = workbench.webview();
  expect(await captions(tab)).toEqual(["images/grey.png (HEAD) 400 × 300", "images/grey.png 800 × 600"]);
  expect(await tab.locator(".note").textContent()).toContain("both are scaled to fit 800 × 600");
  await workbench.screenshot("compare-3-head");
  await closeEditor();
  await workbench.explorer.menu(["images/hut.png"], "Limn", "Compare Image with HEAD");
  await workbench.notifications.waitFor("images/hut.png has not changed since the last commit (HEAD).");
});

it("replaces the comment that says where the picture goes by a link, from the Explorer", async () => {
  const { page, explorer, quickInput } = workbench;
  await workbench.openFile("shop/src/App.tsx");
  await explorer.menu(["images/hut.png"], "Limn", "Insert Link");
  await quickInput.waitUntilOpen({ title: "Insert Link" });
  await workbench.screenshot("insert-link-placeholder");
  await quickInput.pick("Replace “picture of the wool blanket goes here” on line 14");
  await page.locator(".editor-instance .view-line").getByText('alt="hut"').first().waitFor();
  await page.keyboard.press("ControlOrMeta+s");
  await expect
    .poll(() => readFile(join(workbench.folder, "shop/src/App.tsx"), "utf8"))
    .toContain(
      '      <article>\n        <img src={new URL("../../images/hut.png", import.meta.url).href} alt="hut" width="1000" height="760" />\n        <h2>',
    );
  await workbench.screenshot("insert-link-replaced");
  await closeEditor();
});

it("inserts a link for an image that is dragged from the Explorer into the editor", async () => {
  const { page, explorer } = workbench;
  await workbench.openFile("index.html");
  await explorer.dragToLine("images/hut.png", 5);
  await page.locator(".editor-instance .view-line").getByText('alt="hut"').first().waitFor();
  await workbench.screenshot("compare-4-dropped");
  await page.keyboard.press("ControlOrMeta+s");
  await expect
    .poll(() => readFile(join(workbench.folder, "index.html"), "utf8"))
    .toContain('<img src="images/hut.png" alt="hut" width="1000" height="760">');
});
