import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { locatePanel } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

const prompt = "A red fox in fresh snow, in the first light of a winter morning, seen from the edge of the wood";

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "sandbox", "limn.sandbox.delay": 0 },
    keybindings: [
      { key: "ctrl+alt+g", command: "limn.generate", args: { prompt, path: "images/fox.webp", size: "2720x1536" } },
    ],
  });
});

afterAll(() => workbench?.close());

const hover = () => workbench.page.locator(".monaco-hover:visible");

/** Opens a file of one line, and moves the cursor to a text of it. */
async function openAt(path: string, line: string, text: string): Promise<void> {
  const { page, folder } = workbench;
  await writeFile(join(folder, path), `${line}\n`);
  await workbench.openFile(path);
  await page.locator(".editor-instance .view-line").getByText(text).first().waitFor();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let column = 0; column <= line.indexOf(text); column++) await page.keyboard.press("ArrowRight");
}

/** Opens the hover at the cursor until it has a text and a number of pictures. */
async function waitForHover(text: string, pictures: number): Promise<void> {
  const { page } = workbench;
  // VS Code asks only the extensions that have started.
  const open = async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("ControlOrMeta+i");
    await hover().getByText(text).first().waitFor({ timeout: 3000 });
    return hover().locator("img").count();
  };
  await expect.poll(() => open().catch(String), { timeout: 60_000 }).toBe(pictures);
}

/** Resolves when the pictures of the hover are decoded; returns their widths and heights. */
const picturesInHover = () =>
  hover()
    .locator("img")
    .evaluateAll(async (images) => {
      const sizes: string[] = [];
      for (const image of images) {
        if (image instanceof HTMLImageElement) {
          await image.decode();
          sizes.push(`${image.width} × ${image.height}`);
        }
      }
      return sizes;
    });

it("shows a linked image with pixels, weight and format, once in each language", async () => {
  await openAt("docs/page.html", '<img src="../images/lake.webp" alt="A lake">', "lake.webp");
  await waitForHover("1200 × 800", 1);
  expect(await picturesInHover()).toEqual(["168 × 112"]);
  await workbench.screenshot("hover-1-html");
  await openAt("docs/page.md", "![A lake](../images/lake.webp)", "lake.webp");
  await waitForHover("1200 × 800", 1);
  await workbench.screenshot("hover-2-markdown");
  await openAt("docs/alt.md", "![A lake](../images/lake.webp)", "A lake");
  await waitForHover("1200 × 800", 1);
  expect(await picturesInHover()).toEqual(["168 × 112"]);
});

it("shows the prompt of a picture that Limn made, and puts its settings into the panel", async () => {
  const { page, notifications } = workbench;
  await page.keyboard.press("Control+Alt+g");
  await notifications.waitFor("Saved images/fox.webp");
  await openAt("docs/fox.html", '<img src="../images/fox.webp" alt="A fox">', "fox.webp");
  await waitForHover("A red fox in fresh snow", 1);
  expect(await picturesInHover()).toEqual(["198 × 112"]);
  await workbench.screenshot("hover-3-limn");
  await hover().getByText("Reuse Settings").click();
  const { prompt: field } = locatePanel(workbench);
  await expect.poll(() => field.inputValue().catch(() => ""), { timeout: 30_000 }).toBe(prompt);
});

/** A language that VS Code knows only with an extension. */
const missing = '<template><img src="../images/dawn.webp" alt="A quiet lake at dawn"></template>';

it("generates a missing image from its hover", async () => {
  await workbench.command("View: Show Explorer");
  await openAt("docs/Missing.vue", missing, "dawn.webp");
  await waitForHover("images/dawn.webp does not exist.", 0);
  await workbench.screenshot("hover-4-missing");
  await hover().getByText("Generate with Limn…").click();
  const { prompt: field } = locatePanel(workbench);
  await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toBe("A quiet lake at dawn");
});

it("keeps a picture that is dragged from the panel into a text, without Shift, and inserts its link", async () => {
  const { page, folder } = workbench;
  const { panel } = locatePanel(workbench);
  await panel.getByRole("button", { name: /^Generate 1/ }).click();
  const tile = panel.getByRole("gridcell", { name: /^Picture .*A quiet lake at dawn/ }).first();
  await tile.waitFor({ timeout: 60_000 });
  await expect.poll(() => panel.locator(".tile.waiting").count(), { timeout: 60_000 }).toBe(0);
  const from = await tile.boundingBox();
  const to = await page.locator(".editor-instance .view-line").first().boundingBox();
  if (from === null || to === null) throw new Error("The picture or the editor is not in view.");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 10, from.y + from.height / 2, { steps: 3 });
  // Behind the text, where no light bulb is.
  await page.mouse.move(to.x + 690, to.y + 8, { steps: 10 });
  await page.mouse.move(to.x + 700, to.y + 8, { steps: 3 });
  await page.mouse.up();
  const lines = page.locator(".editor-instance .view-lines").last();
  await expect.poll(() => lines.innerText(), { timeout: 30_000 }).toMatch(/dawn\.webp.*dawn\.webp/);
  await workbench.screenshot("hover-5-dragged");
  await page.keyboard.press("ControlOrMeta+s");
  const inserted = `${missing}<img src="../images/dawn.webp" alt="A quiet lake at dawn" width=`;
  await expect.poll(() => readFile(join(folder, "docs/Missing.vue"), "utf8")).toContain(inserted);
  expect((await stat(join(folder, "images/dawn.webp"))).size).toBeGreaterThan(1000);
});
