import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { imageMeta } from "image-meta";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { locatePanel } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"));
  // The Explorer is there before Limn, which is activated at the end of the start.
  await workbench.command("Limn: Generate Image…");
  await workbench.quickInput.waitUntilOpen({ title: "Where to Make the Pictures" });
  await workbench.quickInput.escape();
});

afterAll(async () => {
  await workbench?.close();
});

const read = (path: string): Promise<string> => readFile(join(workbench.folder, path), "utf8");

/** Renames a file in the Explorer, with F2. */
async function rename(path: string, name: string): Promise<void> {
  const { page, explorer } = workbench;
  await explorer.select([path]);
  await page.keyboard.press("F2");
  await page.locator(".explorer-item-edited input").fill(name);
  await page.keyboard.press("Enter");
}

const entries = () => workbench.page.locator(".action-widget .monaco-list-row");

/** Opens the menu of the light bulb at the cursor, and returns its entries, if there are any. */
async function lightBulbEntries(): Promise<string> {
  const { page } = workbench;
  await page.keyboard.press("ControlOrMeta+.");
  await entries().or(page.getByText("No code actions available")).first().waitFor();
  return (await entries().allInnerTexts()).join("\n");
}

describe("an image that moves or is deleted", () => {
  it("updates the links to a renamed image after a question, also when Undo renames it, and takes them back by one Undo", async () => {
    const { page, explorer, notifications } = workbench;
    const [style, guide] = [await read("css/style.css"), await read("docs/guide.md")];
    await rename("images/ridge.jpg", "ridge at dawn.jpg");
    const question = "Update links to ridge at dawn.jpg?";
    expect(await (await notifications.dialog(question)).innerText()).toContain("2 links in 2 files:");
    await workbench.screenshot("moved-1-question");
    await notifications.pressInDialog(question, "Yes");
    const renamed = (text: string) => text.replace("images/ridge.jpg", "images/ridge%20at%20dawn.jpg");
    await expect.poll(() => read("css/style.css"), { timeout: 30_000 }).toBe(renamed(style));
    await expect.poll(() => read("docs/guide.md"), { timeout: 30_000 }).toBe(renamed(guide));
    await workbench.screenshot("moved-2-updated");

    const isInBoth = async (change: (text: string) => string) => {
      await expect.poll(() => read("docs/guide.md"), { timeout: 30_000 }).toBe(change(guide));
      await expect.poll(() => read("css/style.css"), { timeout: 30_000 }).toBe(change(style));
    };
    // Undo of the renaming is a renaming too.
    await explorer.select(["images/ridge at dawn.jpg"]);
    await page.keyboard.press("ControlOrMeta+z");
    await notifications.pressInDialog("Update links to ridge.jpg?", "Yes");
    await isInBoth((text) => text);

    await workbench.openFile("docs/guide.md");
    await page.keyboard.press("ControlOrMeta+z");
    await isInBoth(renamed);
    await page.keyboard.press("ControlOrMeta+z");
    await isInBoth((text) => text);
  });

  it("lists the links to a deleted image", async () => {
    const { page, explorer, notifications } = workbench;
    await explorer.select(["images/lake.webp"]);
    await page.keyboard.press("Delete");
    await notifications.pressInDialog("permanently delete", "Delete");
    const message = "lake.webp was deleted, but is still used: 2 links in 2 files.";
    await notifications.waitFor(message);
    await workbench.screenshot("moved-5-message");
    await notifications.press(message, "Show Links");
    const places = page.locator(".reference-zone-widget");
    await places.waitFor({ timeout: 30_000 });
    await workbench.screenshot("moved-6-links");
  });
});

describe("an image that does not exist", () => {
  /** Pixels of the picture in VS Code's preview of Markdown; 0 if it is not shown. */
  async function widthInPreview(): Promise<number> {
    const widths = workbench.page.frames().map((frame) =>
      frame
        .locator(".markdown-body img")
        .evaluateAll((images) => images.map((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
        // A frame that VS Code has just removed.
        .catch(() => []),
    );
    return Math.max(0, ...(await Promise.all(widths)).flat());
  }

  it("makes the image that a link in Markdown misses, from the light bulb to the file and VS Code's preview", async () => {
    const { page, folder } = workbench;
    await writeFile(join(folder, "docs/trip.md"), "![A quiet lake at dawn](../images/trip/lake.webp)\n");
    await workbench.openFile("docs/trip.md");
    await page.keyboard.press("ControlOrMeta+Home");
    await page.locator(".lightBulbWidget").waitFor({ timeout: 30_000 });
    expect(await lightBulbEntries()).toContain("Generate images/trip/lake.webp with Limn…");
    await workbench.screenshot("missing-1-light-bulb");
    await entries().filter({ hasText: "with Limn…" }).click();

    const { panel, prompt } = locatePanel(workbench);
    await prompt.waitFor({ timeout: 60_000 });
    await expect.poll(() => prompt.inputValue(), { timeout: 30_000 }).toBe("A quiet lake at dawn");
    await workbench.screenshot("missing-2-panel");
    await panel.getByRole("button", { name: "Generate 1 · free in the sandbox" }).click();
    await panel
      .getByRole("gridcell", { name: /^Picture/ })
      .first()
      .waitFor({ timeout: 60_000 });
    await expect.poll(() => panel.locator(".tile.waiting").count(), { timeout: 60_000 }).toBe(0);
    await panel
      .getByRole("button", { name: /^Keep$|^Keep \(/ })
      .first()
      .click();

    const file = join(folder, "images/trip/lake.webp");
    const typeOf = async () => imageMeta(await readFile(file)).type;
    await expect.poll(() => typeOf().catch(() => "missing"), { timeout: 30_000 }).toBe("webp");

    await page.getByRole("tab", { name: /trip\.md/ }).click();
    await page.keyboard.press("ControlOrMeta+Home");
    expect(await lightBulbEntries()).not.toContain("with Limn");
    await workbench.screenshot("missing-3-resolved");
    await page.keyboard.press("Escape");
    await workbench.command("Markdown: Open Preview");
    await expect.poll(widthInPreview, { timeout: 60_000 }).toBeGreaterThan(0);
    await workbench.screenshot("missing-4-preview");
    await workbench.command("View: Close All Editors");
  });

  it("makes all missing images of a file that stay checked, after a prompt was edited", async () => {
    const { page, folder, quickInput, notifications } = workbench;
    const alts = ["Skis in the snow", "A wooden bridge", "The summit at noon"] as const;
    const names = ["skis.png", "bridge.webp", "summit.jpeg"].map((name) => `images/all/${name}`);
    const links = alts.map((alt, index) => `<img src="../${names[index]}" alt="${alt}" width="1200" height="675">\n\n`);
    await writeFile(join(folder, "docs/all.md"), `# A winter trip\n\n${links.join("")}`);
    await workbench.command("View: Show Explorer");
    await workbench.openFile("docs/all.md");
    await workbench.command("Limn: Generate All Missing Images in This File…");
    await quickInput.waitUntilOpen({ title: "Missing Images: 3 of 3, free in the sandbox" });
    await workbench.screenshot("missing-all-1-list");
    const [skis = "", bridge = "", summit = ""] = names;
    for (const key of ["ArrowDown", "ArrowDown", "Space"]) await page.keyboard.press(key);
    await quickInput.waitUntilOpen({ title: "Missing Images: 2 of 3" });
    await quickInput.item(bridge).hover();
    await quickInput.item(bridge).getByRole("button", { name: "Edit Prompt" }).click();
    await quickInput.waitUntilOpen({ title: bridge });
    await workbench.screenshot("missing-all-2-prompt");
    await quickInput.type("A rope bridge over a gorge");
    await quickInput.accept();
    await quickInput.waitUntilOpen({ title: "Missing Images: 2 of 3, free in the sandbox" });
    expect(await quickInput.text()).toContain("A rope bridge over a gorge");
    await quickInput.accept();
    await notifications.waitFor("Saved 2 of 2 missing images · free in the sandbox");
    await workbench.screenshot("missing-all-3-saved");
    const typeOf = async (name: string) => imageMeta(await readFile(join(folder, name)));
    expect(await typeOf(skis)).toMatchObject({ type: "png", width: 1360, height: 768 });
    expect(await typeOf(bridge)).toMatchObject({ type: "webp", width: 1360, height: 768 });
    await expect(readFile(join(folder, summit))).rejects.toThrow("ENOENT");
    await notifications.press("Saved 2 of 2", "Show Pictures");
    const { panel } = locatePanel(workbench);
    await panel
      .getByRole("gridcell", { name: /^Picture/ })
      .nth(1)
      .waitFor({ timeout: 60_000 });
    await workbench.screenshot("missing-all-4-panel");
  });

  it("makes free drafts from the list, marks them in the Explorer, and renders them at their paths", async () => {
    const { page, folder, explorer, quickInput, notifications } = workbench;
    const files = ["images/drafts/hut.png", "images/drafts/map.webp"];
    const links = files.map((file) => `<img src="../${file}" alt="A hut by a lake" width="1200" height="675">\n\n`);
    await writeFile(join(folder, "docs/drafts.md"), links.join(""));
    await workbench.command("View: Show Explorer");
    await workbench.openFile("docs/drafts.md");
    await workbench.command("Limn: Generate All Missing Images in This File…");
    await quickInput.waitUntilOpen({ title: "Missing Images: 2 of 2" });
    await workbench.screenshot("drafts-1-missing");
    // The hover of the input, where the mouse still is, would cover the button.
    await page.mouse.move(0, 0);
    await quickInput.pressButton("Make Free Drafts of the Selected Images");
    await notifications.waitFor("Made 2 of 2 free drafts");
    // VS Code draws the badges of decorations with CSS.
    const hasBadge = (row: Element) =>
      [...row.querySelectorAll("*")].some((part) => getComputedStyle(part, "::after").content === '"D"');
    const marked = async () => {
      const badges: boolean[] = [];
      // One after the other, since each opens the folders above.
      for (const file of files) badges.push(await (await explorer.row(file)).evaluate(hasBadge));
      return badges.filter(Boolean).length;
    };
    await expect.poll(marked, { timeout: 30_000 }).toBe(2);
    await workbench.screenshot("drafts-2-explorer");
    expect(await explorer.menuEntries(["images/drafts"])).toContain("Render Drafts…");

    await notifications.press("Made 2 of 2", "Render Drafts…");
    await quickInput.waitUntilOpen({ title: "Render Drafts: 2 of 2, free in the sandbox" });
    await workbench.screenshot("drafts-3-list");
    await quickInput.accept();
    await notifications.waitFor("Rendered 2 of 2 drafts · free in the sandbox");
    await expect.poll(marked, { timeout: 30_000 }).toBe(0);
    await workbench.screenshot("drafts-4-rendered");
    await notifications.press("Rendered 2 of 2 drafts", "Undo");
    await expect.poll(marked, { timeout: 30_000 }).toBe(2);

    // The steps of Generate Image offer a draft, too.
    await workbench.command("Limn: Generate Image…");
    await quickInput.waitUntilOpen({ title: "Generate Image" });
    await quickInput.type("A heron at dawn");
    await quickInput.accept();
    await quickInput.waitUntilOpen({ placeholder: "Size in pixels" });
    await quickInput.accept();
    await quickInput.waitUntilOpen({ placeholder: "How many?" });
    await quickInput.accept();
    await expect.poll(() => quickInput.text(), { timeout: 30_000 }).toContain("Will be saved as");
    await workbench.screenshot("drafts-5-steps");
    await quickInput.pressButton("Make a Free Draft Instead");
    await notifications.waitFor(/Made a free draft: .*a-heron-at-dawn\.webp/);
    // The prompt that was used is not proposed again.
    await workbench.command("Limn: Generate Image…");
    await quickInput.waitUntilOpen({ title: "Generate Image" });
    expect(await quickInput.value()).toBe("");
    await quickInput.escape();
    // With a target its files are made of the draft, too, and Undo removes all.
    await workbench.command("Limn: Generate Image…");
    await quickInput.waitUntilOpen({ title: "Generate Image" });
    await quickInput.type("A heron at dusk");
    await quickInput.accept();
    await quickInput.waitUntilOpen({ placeholder: "Size in pixels" });
    await quickInput.type("square post");
    await quickInput.accept();
    await quickInput.waitUntilOpen({ placeholder: "How many?" });
    await quickInput.accept();
    await expect.poll(() => quickInput.text(), { timeout: 30_000 }).toContain("Will be saved as");
    await quickInput.pressButton("Make a Free Draft Instead");
    const message = /Made a free draft: .*a-heron-at-dusk\.webp, and .*a-heron-at-dusk-1080x1080\.jpg made from it/;
    await notifications.waitFor(message);
    const namesOfDusk = async () =>
      (await readdir(workbench.folder, { recursive: true })).filter((name) => name.includes("a-heron-at-dusk"));
    expect(await namesOfDusk()).toHaveLength(2);
    await notifications.press(message, "Undo");
    await expect.poll(namesOfDusk, { timeout: 30_000 }).toEqual([]);
  });
});
