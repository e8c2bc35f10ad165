import { describe, expect, test } from "vitest";
import type { CropView } from "../../src/protocol.ts";
import { themes } from "../panel/harness/themes.ts";
import { light, type OpenOptions, type Tab } from "./harness.ts";
import { changedJob } from "./jobs.ts";
import { announcedText, press, useTables } from "./tabs.ts";

const open = useTables();

const square = { width: 512, height: 512 };
const attention = { left: 200, top: 0, width: 800, height: 800 };
/** A square cut out of pictures of 1600 × 800 pixels. */
const crop: CropView = { target: "Square post", shapes: [{ ...square, attention }] };
const ref = { job: "hut", picture: "p2" };

/** The second picture, which is light, with its crop. */
const jobWith = (view: CropView, kept: readonly string[] = []) =>
  changedJob({ 2: { crop: view, kept } }, { shown: "p2", showNumber: 1 });

const action = ({ page }: Tab, name: string) => page.getByRole("button", { name, exact: true });
const frame = ({ page }: Tab) => page.getByRole("slider", { name: "Crop for" });
/** What the page has sent of the crop. */
const sent = ({ posted }: Tab) =>
  posted.filter(({ type }) => ["findCrop", "moveCrop", "keep", "exportAgain", "close"].includes(type));
const moved = (x: number) => ({ type: "moveCrop", ...ref, focus: { x, y: 0.5 } });

/** The frame's left edge and width, in pixels of the picture. */
async function frameIn(tab: Tab): Promise<readonly number[]> {
  const [sheet, box] = [await tab.boundsOf(".sheet"), await tab.boundsOf("limn-crop-frame .frame")];
  const scale = 1600 / sheet.width;
  return [Math.round((box.x - sheet.x) * scale), Math.round(box.width * scale)];
}

/** Opens the light table while the crop can be moved. */
async function openCrop(view = crop, kept: readonly string[] = [], options: OpenOptions = {}): Promise<Tab> {
  // Fitted, a picture of 1600 pixels is 800 wide.
  const tab = await open(jobWith(view, kept), { width: 832, ...options });
  await press(tab, "p");
  await frame(tab).waitFor();
  return tab;
}

describe("The crop of a picture for its target", () => {
  test("is offered only if something is cut off", async () => {
    const tab = await open(changedJob({}));
    expect(await action(tab, "Move Crop").count()).toBe(0);
    await press(tab, "p");
    expect(sent(tab)).toEqual([]);
    await tab.send(changedJob({ 1: { crop } }));
    expect(await action(tab, "Move Crop").count()).toBe(1);
  });

  test("is where the host finds it, with the rest of the picture darkened", async () => {
    const tab = await open(jobWith({ ...crop, shapes: [square] }), { width: 832 });
    await action(tab, "Move Crop").click();
    await tab.page.locator(".crop-text").getByText("Looking for the subject…").waitFor();
    expect(await announcedText(tab)).toBe("Looking for the subject…");
    await expect.poll(() => sent(tab)).toEqual([{ type: "findCrop", ...ref }]);
    await tab.send(jobWith(crop));
    expect(await frameIn(tab)).toEqual([200, 800]);
    const { x, y, height } = await tab.boundsOf("limn-crop-frame .frame");
    expect(await tab.redAt(x + 20, y + height / 2)).toBe(light);
    expect(await tab.redAt(x - 20, y + height / 2)).toBeLessThan(light / 2);
    expect(await frame(tab).getAttribute("aria-valuetext")).toBe("Cut off: 200 px on the left, 600 px on the right");
    expect(await frame(tab).evaluate((one) => one.matches(":focus"))).toBe(true);
  });

  test("is moved by arrow keys, far with Shift, and stops at both sides; one move is sent for each key", async () => {
    const tab = await openCrop();
    await press(tab, "ArrowRight");
    expect(await frameIn(tab)).toEqual([216, 800]);
    await press(tab, "Shift+ArrowRight", "ArrowUp");
    expect(await frameIn(tab)).toEqual([376, 800]);
    expect(await frame(tab).getAttribute("aria-valuenow")).toBe("376");
    for (let count = 0; count < 6; count++) await press(tab, "Shift+ArrowLeft");
    expect(await frameIn(tab)).toEqual([0, 800]);
    await press(tab, "ArrowRight");
    expect(await frameIn(tab)).toEqual([16, 800]);
    await expect.poll(() => sent(tab).at(-1)).toEqual(moved((16 + 400) / 1600));
    expect(sent(tab)[1]).toEqual(moved((216 + 400) / 1600));
    // The page shows no other picture, and does not move this one.
    expect(tab.posted.filter(({ type }) => type === "show")).toEqual([]);
  });

  test("is dragged by the mouse, and sent when the button is released", async () => {
    const tab = await openCrop();
    const { x, y } = await tab.boundsOf("limn-crop-frame .frame");
    await tab.page.mouse.move(x + 50, y + 50);
    await tab.page.mouse.down();
    await tab.page.mouse.move(x + 150, y + 90, { steps: 4 });
    expect(await frameIn(tab)).toEqual([400, 800]);
    await expect.poll(() => sent(tab)).toHaveLength(1);
    await tab.page.mouse.up();
    await expect.poll(() => sent(tab)).toEqual([{ type: "findCrop", ...ref }, moved((400 + 400) / 1600)]);
  });

  test("follows the zoom, where the mouse moves it by pixels of the picture", async () => {
    const tab = await openCrop();
    await press(tab, "9");
    expect(await frameIn(tab)).toEqual([200, 800]);
    const before = await tab.boundsOf(".sheet");
    expect(before.width).toBe(1600);
    const { x, y } = await tab.boundsOf("limn-crop-frame .frame");
    await tab.page.mouse.move(Math.max(x, 0) + 200, y + 200);
    await tab.page.mouse.down();
    await tab.page.mouse.move(Math.max(x, 0) + 300, y + 200, { steps: 3 });
    await tab.page.mouse.up();
    expect(await frameIn(tab)).toEqual([300, 800]);
    expect(await tab.boundsOf(".sheet")).toEqual(before);
  });

  test("returns to the automatic position by Home, a double click and a button", async () => {
    const tab = await openCrop({ ...crop, focus: { x: 1, y: 0.5 } });
    expect(await frameIn(tab)).toEqual([800, 800]);
    const reset = { type: "moveCrop", ...ref };
    for (const back of [
      () => press(tab, "Home"),
      () => frame(tab).dblclick(),
      () => action(tab, "Automatic Position").click(),
    ]) {
      await press(tab, "ArrowLeft");
      await back();
      expect(await frameIn(tab)).toEqual([200, 800]);
      await expect.poll(() => sent(tab).at(-1)).toEqual(reset);
    }
    expect(await announcedText(tab)).toBe("Automatic position. Cut off: 200 px on the left, 600 px on the right");
    // A double click zooms where there is no frame.
    expect((await tab.boundsOf(".sheet")).width).toBe(800);
  });

  test("is left by Escape, which closes the tab only the next time; the button has the focus", async () => {
    const tab = await openCrop();
    await press(tab, "ArrowRight", "Escape");
    await frame(tab).waitFor({ state: "detached" });
    await expect.poll(() => sent(tab).map(({ type }) => type)).toEqual(["findCrop", "moveCrop"]);
    await expect.poll(() => action(tab, "Move Crop").evaluate((one) => one.matches(":focus"))).toBe(true);
    await press(tab, "Escape");
    await expect.poll(() => sent(tab).at(-1)).toEqual({ type: "close" });
  });

  test("is sent before the picture is kept with it, also while the key is still down", async () => {
    const tab = await openCrop();
    await tab.page.keyboard.down("ArrowRight");
    await press(tab, "k");
    await expect.poll(() => sent(tab).slice(1)).toEqual([moved((216 + 400) / 1600), { type: "keep", ...ref }]);
    await frame(tab).waitFor({ state: "detached" });
  });

  test("can be changed after the picture was kept: its files are exported again", async () => {
    const tab = await openCrop(crop, ["images/hut.png"]);
    await press(tab, "ArrowRight");
    await action(tab, "Export Again").click();
    await expect.poll(() => sent(tab).at(-1)).toEqual({ type: "exportAgain", ...ref });
  });

  test("ends when another picture is shown or its target is not offered any more", async () => {
    const tab = await openCrop();
    await tab.page.getByRole("option", { name: ", 3 of 4" }).click();
    await frame(tab).waitFor({ state: "detached" });
    await tab.page.getByRole("option", { name: ", 2 of 4" }).click();
    await press(tab, "p");
    await frame(tab).waitFor();
    await tab.send(changedJob({}, { shown: "p2", showNumber: 1 }));
    await frame(tab).waitFor({ state: "detached" });
  });

  test("shows the frames of all shapes, which move together", async () => {
    const banner = { width: 1500, height: 500, attention: { left: 0, top: 100, width: 1600, height: 533 } };
    const tab = await openCrop({ ...crop, shapes: [{ ...square, attention }, banner] });
    const others = tab.page.locator("limn-crop-frame .other");
    expect(await others.count()).toBe(1);
    const { y } = await tab.boundsOf("limn-crop-frame .other");
    await press(tab, "Shift+ArrowDown");
    expect((await tab.boundsOf("limn-crop-frame .other")).y).toBeGreaterThan(y);
    expect(await frameIn(tab)).toEqual([200, 800]);
  });

  test("is visible with the colours that the system forces", async () => {
    const tab = await openCrop();
    try {
      await tab.page.emulateMedia({ forcedColors: "active" });
      const { x, y, height } = await tab.boundsOf("limn-crop-frame .frame");
      expect(await tab.redAt(x + 20, y + height / 2)).toBe(light);
      expect(await tab.redAt(x - 20, y + height / 2)).toBeLessThan(light / 2);
      await tab.screenshot("crop-forced-colours");
    } finally {
      await tab.page.emulateMedia({ forcedColors: "none" });
    }
  });

  test.each(themes)("has no accessibility violations in %s", async (theme) => {
    const view = { ...crop, safeZone: { width: 0.8, height: 0.8 } };
    const tab = await openCrop(view, [], { width: 1000, theme });
    expect(await tab.axe()).toEqual([]);
    await tab.screenshot(`crop-${theme}`);
  });
});
