import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { CropView } from "../../src/protocol.ts";
import { axeInAllThemes, useImagePages } from "./imagePage.ts";

const open = useImagePages();

const source = { width: 1600, height: 800 };
const attention = { left: 200, top: 0, width: 800, height: 800 };
const view: CropView = { target: "Square post", shapes: [{ width: 512, height: 512, attention }] };

const hills = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="800">
  <rect width="1600" height="800" fill="#8fb7d8"/><circle cx="600" cy="300" r="110" fill="#f4c95d"/>
  <path d="M0 620 400 360 760 640 1100 420 1600 700V800H0Z" fill="#38704a"/></svg>`);
const image = await sharp(hills).jpeg().toBuffer();

/** Opens the page of a picture that is cropped to a square, and waits for the frame. */
async function openCropPage(options: { readonly width?: number; readonly view?: CropView } = {}) {
  const { width = 832, view: shown = view } = options;
  const fields = { label: "images/hills.jpg", source, view: shown };
  const opened = await open({ entry: "crop/cropPage", image, fields, width, height: 600 });
  await frame(opened.page).waitFor();
  return opened;
}

const frame = (page: Page) => page.getByRole("slider", { name: "Crop for Square post" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** The frame's left edge and width, in pixels of the picture. */
const frameIn = (page: Page) =>
  page.evaluate((pixels) => {
    const sheet = document.querySelector(".sheet")?.getBoundingClientRect();
    const part = document.querySelector("limn-crop-frame")?.shadowRoot?.querySelector(".frame");
    const { left = 0, width = 0 } = part?.getBoundingClientRect() ?? {};
    const scale = pixels / (sheet?.width ?? 1);
    return [Math.round((left - (sheet?.left ?? 0)) * scale), Math.round(width * scale)];
  }, source.width);

test("The crop of a file is where Limn finds it, is moved by keys, and Enter uses it", async () => {
  const { page, sent } = await openCropPage();
  expect(await frameIn(page)).toEqual([200, 800]);
  expect(await frame(page).evaluate((one) => one.matches(":focus"))).toBe(true);
  await page.keyboard.press("Shift+ArrowRight");
  expect(await frameIn(page)).toEqual([360, 800]);
  await page.getByText("Square post · Cut off: 360 px on the left, 440 px on the right").waitFor();
  await page.keyboard.press("Enter");
  const focus = { x: (360 + 400) / 1600, y: 0.5 };
  await expect.poll(() => sent).toEqual([{ type: "ready" }, { type: "moveCrop", focus }, { type: "use" }]);
});

test("The crop of a file is dragged by the mouse, returns to the automatic position, and is used by a button", async () => {
  const { page, sent } = await openCropPage();
  const box = await frame(page).boundingBox();
  const [x, y] = [(box?.x ?? 0) + 50, (box?.y ?? 0) + 50];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 20, { steps: 4 });
  await page.mouse.up();
  const [left = 0, width] = await frameIn(page);
  expect([left > 260 && left < 300, width]).toEqual([true, 800]);
  await button(page, "Automatic Position").click();
  expect(await frameIn(page)).toEqual([200, 800]);
  await button(page, "Use This Crop").click();
  await expect.poll(() => sent.slice(2)).toEqual([{ type: "moveCrop" }, { type: "use" }]);
});

test("The crop of a file starts where it was chosen before, and Escape cancels", async () => {
  const { page, sent } = await openCropPage({ view: { ...view, focus: { x: 0.75, y: 0.5 } } });
  expect(await frameIn(page)).toEqual([800, 800]);
  await page.keyboard.press("Escape");
  await expect.poll(() => sent).toEqual([{ type: "ready" }, { type: "cancel" }]);
});

test("Until Limn has found the crop of a file, the page says what it does, and only Cancel can be used", async () => {
  const { page } = await open({
    ...{ entry: "crop/cropPage", image, width: 832, height: 600 },
    fields: { label: "images/hills.jpg", source, view: { ...view, shapes: [{ width: 512, height: 512 }] } },
  });
  await page.getByRole("status").getByText("Looking for the subject…").waitFor();
  const names = ["Use This Crop", "Automatic Position", "Cancel"];
  expect(await Promise.all(names.map((name) => button(page, name).isEnabled()))).toEqual([false, false, true]);
});

test.each([260, 400, 700])(
  "The page of a crop has no accessibility violations in any theme at %i pixels",
  async (width) => {
    const { page } = await openCropPage({ width });
    expect(await axeInAllThemes(page, `crop-page-${width}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  },
);
