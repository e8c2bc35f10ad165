import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { clipboardImage } from "../support/clipboardImage.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { greyPng } from "../support/greyPng.ts";
import { pngChunk } from "../support/pngChunks.ts";

let workbench: Workbench;

// Without a key: an export needs none.
beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "workbench.colorTheme": "Default Dark Modern" },
  });
});

afterAll(() => workbench?.close());

const read = (path: string) => readFile(join(workbench.folder, path));
const names = (folder: string) => readdir(join(workbench.folder, folder));

/**
 * Exports images from their context menu, into the folder that is proposed first. `background`: the
 * answer to the question about the background, if there is one.
 */
async function exportFor(paths: readonly string[], target: string, background?: string): Promise<void> {
  const { explorer, quickInput } = workbench;
  await explorer.menu(paths, "Limn", "Export Image For…");
  await quickInput.waitUntilOpen({ title: /^Export / });
  await quickInput.item("Card").waitFor();
  await workbench.screenshot(`export-1-${target.replace(/\W+/g, "-")}`);
  await quickInput.type(target);
  await quickInput.pick(target);
  if (background !== undefined) {
    await quickInput.waitUntilOpen({ placeholder: /has no transparency\. Remove its background first\?/ });
    await workbench.screenshot("export-background");
    await quickInput.pick(background);
  }
  await quickInput.waitUntilOpen({ placeholder: "Where do the files go?" });
  expect(await quickInput.labels()).toEqual(expect.arrayContaining([basename(workbench.folder), "images"]));
  await workbench.screenshot(`export-2-${target.replace(/\W+/g, "-")}`);
  await quickInput.accept();
}

it("makes a picture for a link preview from the context menu, and undoes it", async () => {
  const { notifications } = workbench;
  await exportFor(["images/ridge.jpg"], "og:image");
  const done = await notifications.waitFor(/Exported images\/ridge-og\.jpg: 1200 × 630, \d+ kB, quality \d+\./);
  await workbench.screenshot("export-3-done");
  const exported = await read("images/ridge-og.jpg");
  expect(probe(exported)).toEqual({ format: "JPG", width: 1200, height: 630 });
  expect(exported.length).toBeLessThanOrEqual(300_000);
  await done.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => names("images")).not.toContain("ridge-og.jpg");
});

/** The mean difference of an export from a part of its source that starts at this height. */
async function differenceFrom(exported: string, source: string, top: number): Promise<number> {
  const size = { width: 1200, height: 630 };
  const raw = (picture: Sharp) => picture.removeAlpha().raw().toBuffer();
  const part = sharp(await read(source)).extract({ left: 0, top, width: 1600, height: 840 });
  const [made, wanted] = [await raw(sharp(await read(exported))), await raw(part.resize({ ...size, fit: "fill" }))];
  return made.reduce((sum, value, index) => sum + Math.abs(value - (wanted[index] ?? 0)), 0) / made.length;
}

it("moves the crop of an image file before it is exported", async () => {
  const { explorer, notifications, page, quickInput } = workbench;
  const atFolder = { placeholder: "Where do the files go?" };
  await explorer.menu(["images/ridge.jpg"], "Limn", "Export Image For…");
  await quickInput.waitUntilOpen({ title: /^Export / });
  await quickInput.type("og:image");
  await quickInput.pick("og:image");
  await quickInput.waitUntilOpen(atFolder);
  await workbench.screenshot("export-crop-1-step");
  await quickInput.pick("Move Crop…");
  const frame = workbench.webview().getByRole("slider", { name: "Crop for og:image" });
  await frame.waitFor();
  await workbench.screenshot("export-crop-2-tab");
  for (let presses = 0; presses < 6; presses++) {
    await frame.press("Shift+ArrowUp");
  }
  await workbench.webview().getByText("og:image · Cut off: 0 px above, 227 px below").waitFor();
  await frame.press("Enter");
  await quickInput.waitUntilOpen(atFolder);
  await page.getByText("Position chosen").waitFor();
  await quickInput.accept();
  const done = await notifications.waitFor(/Exported images\/ridge-og\.jpg: 1200 × 630/);
  const [above, below] = [0, 227].map((top) => differenceFrom("images/ridge-og.jpg", "images/ridge.jpg", top));
  expect(await above).toBeLessThan(4);
  expect(await below).toBeGreaterThan(8);
  await done.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => names("images")).not.toContain("ridge-og.jpg");
});

it("asks before it replaces a file, and Undo brings the old one back", async () => {
  const { notifications } = workbench;
  const question = "images/ridge-social.jpg exists. Replace it?";
  await writeFile(join(workbench.folder, "images/ridge-social.jpg"), "mine");
  await exportFor(["images/ridge.jpg"], "GitHub social preview");
  await notifications.dialog(question);
  await workbench.screenshot("export-4-question");
  await notifications.pressInDialog(question, "Cancel");
  expect((await read("images/ridge-social.jpg")).toString()).toBe("mine");

  await exportFor(["images/ridge.jpg"], "GitHub social preview");
  await notifications.pressInDialog(question, "Replace");
  const done = await notifications.waitFor(/Exported images\/ridge-social\.jpg: 1280 × 640/);
  expect(probe(await read("images/ridge-social.jpg"))).toEqual({ format: "JPG", width: 1280, height: 640 });
  await done.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(async () => (await read("images/ridge-social.jpg")).toString()).toBe("mine");
});

it("makes files of exact size of five selected images, and one Undo deletes all", async () => {
  const { notifications } = workbench;
  const sources = ["a", "b", "c", "d", "e"].map((name) => `five-${name}.png`);
  const before = await names("images");
  for (const [index, name] of sources.entries()) {
    await writeFile(join(workbench.folder, "images", name), greyPng(1300 + 10 * index, 700, 40 * (index + 1)));
  }
  await exportFor(
    sources.map((name) => `images/${name}`),
    "og:image",
  );
  const done = await notifications.waitFor("Exported 5 files to images.");
  await workbench.screenshot("export-five-done");
  const files = sources.map((name) => name.replace(".png", "-og.jpg"));
  for (const name of files) {
    expect(probe(await read(`images/${name}`)), name).toEqual({ format: "JPG", width: 1200, height: 630 });
  }
  await done.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(async () => (await names("images")).sort()).toEqual([...before, ...sources].sort());
});

it("makes a favicon set and copies its lines for the page's head", async () => {
  const { notifications, page } = workbench;
  await exportFor(["images/ridge.jpg"], "Favicon set", "Keep the Background");
  const done = await notifications.waitFor("Exported 6 files to");
  expect(await names(".")).toEqual(
    expect.arrayContaining(["favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png", "site.webmanifest"]),
  );
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await done.getByRole("button", { name: "Copy HTML", exact: true }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('<link rel="icon" href="/favicon.ico" sizes="32x32">');
});

it("makes several widths and copies one link to all of them", async () => {
  const { notifications, page } = workbench;
  await workbench.openFile("index.html");
  await exportFor(["images/ridge.jpg"], "Widths for srcset");
  const done = await notifications.waitFor(/Exported \d files to images/);
  await workbench.screenshot("export-set");
  await done.getByRole("button", { name: "Insert Link", exact: true }).waitFor();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await done.getByRole("button", { name: "Copy Link", exact: true }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(
      '<img src="images/ridge-1080w.webp" srcset="images/ridge-640w.webp 640w, images/ridge-1080w.webp 1080w" sizes="(max-width: 1080px) 100vw, 1080px" alt="ridge" width="1080" height="720">\n',
    );
});

it("copies an image file as a picture, from the Explorer, and the focus returns there", async () => {
  const { explorer, quickInput, page } = workbench;
  await workbench.command("View: Close All Editors");
  await page.context().clearPermissions();
  await explorer.menu(["images/lake.webp"], "Limn", "Copy Image As…");
  await quickInput.waitUntilOpen({ title: "Copy Image As" });
  await workbench.screenshot("copy-image-1-forms");
  await quickInput.pick("PNG Image");
  const copyButton = workbench.webview().getByRole("button", { name: "Copy Image", exact: true });
  await copyButton.waitFor();
  await workbench.screenshot("copy-image-2-page");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await copyButton.click();
  await page.getByText("Copied images/lake.webp as PNG").waitFor();
  await page.getByRole("tab", { name: "lake.webp", selected: true }).waitFor();
  await page.locator(".explorer-folders-view .monaco-list:focus-within").waitFor();
  await expect.poll(() => clipboardImage(page), { timeout: 30_000 }).toEqual({ width: 1200, height: 800 });

  await explorer.menu(["images/ridge.jpg"], "Limn", "Copy Image As…");
  await quickInput.waitUntilOpen({ title: "Copy Image As" });
  await quickInput.pick("PNG Image");
  await page.getByText("Copied images/ridge.jpg as PNG").waitFor();
});

it("offers the targets of the project first, and opens their file if it is not valid", async () => {
  const { notifications, page } = workbench;
  const targets = (path: string) =>
    JSON.stringify({ targets: [{ name: "Blog banner", files: [{ path, width: 1000, height: 320 }] }] });
  await mkdir(join(workbench.folder, ".limn"));
  await writeFile(join(workbench.folder, ".limn/targets.json"), targets("{name}-banner.webp"));
  await exportFor(["images/ridge.jpg"], "Blog banner");
  await notifications.waitFor(/Exported images\/ridge-banner\.webp: 1000 × 320/);
  expect(probe(await read("images/ridge-banner.webp"))).toEqual({ format: "WEBP", width: 1000, height: 320 });

  await writeFile(join(workbench.folder, ".limn/targets.json"), targets("../{name}.webp"));
  await exportFor(["images/ridge.jpg"], "WebP");
  await notifications.waitFor(/Exported images\/ridge\.webp/);
  await workbench.screenshot("export-5-targets-not-valid");
  await notifications.press("The targets of .limn/targets.json are not offered.", "Open File");
  await page.getByRole("tab", { name: "targets.json", selected: true }).waitFor();
  await page.locator(".monaco-editor .squiggly-warning").first().waitFor();
  await workbench.screenshot("export-6-targets-open");
});

it("says that only the first frame of an animation is exported, or given to a tool", async () => {
  const { explorer, quickInput, page } = workbench;
  await workbench.command("View: Close All Editors");
  await writeFile(join(workbench.folder, "images/loop.png"), greyPng(80, 60, 99, pngChunk("acTL", Buffer.alloc(8))));
  await explorer.menu(["images/loop.png"], "Limn", "Export Image For…");
  await quickInput.waitUntilOpen({ placeholder: "What is it for? Only the first frame of loop is used." });
  await workbench.screenshot("export-7-animation");
  await page.keyboard.press("Escape");
  await explorer.menu(["images/loop.png"], "Limn", "Upscale Image…");
  await quickInput.waitUntilOpen({ placeholder: /\. Only its first frame is used\.$/ });
  await page.keyboard.press("Escape");
});
