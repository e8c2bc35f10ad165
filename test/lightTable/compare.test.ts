import { describe, expect, test } from "vitest";
import { dark, light } from "./harness.ts";
import { announcedText, button, captions, isPressed, press, slider, useTabs } from "./tabs.ts";

const open = useTabs();

describe("The slider", () => {
  test("divides the left picture from the right one, in the middle at first", async () => {
    const tab = await open();
    const { x, y, width, height } = await tab.boundsOf(".sheet");
    const middle = x + width / 2;
    expect([await tab.redAt(middle - 4, y + 9), await tab.redAt(middle + 4, y + 9)]).toEqual([dark, light]);
    expect([await tab.redAt(x + 2, y + height - 2), await tab.redAt(x + width - 3, y + 2)]).toEqual([dark, light]);
  });

  test("follows the mouse when dragged, and jumps to a click beside it", async () => {
    const tab = await open();
    const { x, y, width, height } = await tab.boundsOf(".sheet");
    const line = y + height / 2;
    await tab.page.mouse.move(x + width / 2 + 6, line);
    await tab.page.mouse.down();
    await tab.page.mouse.move(x + width * 0.75 + 6, line, { steps: 4 });
    await tab.page.mouse.up();
    expect(await slider(tab).getAttribute("aria-valuenow")).toBe("75");
    expect(await tab.redAt(x + width * 0.75 - 4, y + 9)).toBe(dark);
    await tab.page.mouse.move(x + width * 0.1, y + 20);
    expect(await slider(tab).getAttribute("aria-valuenow")).toBe("75");
    await tab.page.mouse.click(x + width * 0.25, y + 20);
    expect(await slider(tab).getAttribute("aria-valuenow")).toBe("25");
  });

  test("follows the arrow keys, in longer steps with Shift, and Home and End", async () => {
    const tab = await open();
    const value = () => slider(tab).getAttribute("aria-valuenow");
    await press(tab, "ArrowLeft");
    expect(await value()).toBe("48");
    await press(tab, "ArrowRight", "ArrowRight", "Shift+ArrowRight");
    expect(await value()).toBe("62");
    expect(await slider(tab).getAttribute("aria-valuetext")).toBe("62 % of the left picture");
    await press(tab, "End");
    const { x, y, width } = await tab.boundsOf(".sheet");
    expect([await value(), await tab.redAt(x + width - 40, y + 9)]).toEqual(["100", dark]);
    await press(tab, "Home", "ArrowLeft");
    expect([await value(), await tab.redAt(x + 40, y + 9)]).toEqual(["0", light]);
  });

  test("stays inside the tab if the pictures are larger", async () => {
    const tab = await open();
    await press(tab, "9", "Home");
    expect((await tab.boundsOf(".divider")).x).toBeGreaterThanOrEqual(-16);
    await press(tab, "End");
    const { x, width } = await tab.boundsOf(".divider");
    expect(x + width / 2).toBeLessThanOrEqual(1000);
  });
});

describe("Side by side", () => {
  test("shows the pictures in panes of the same size, by key and by button", async () => {
    const tab = await open();
    await press(tab, "2");
    const [left, right] = await tab.page
      .locator(".pane")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    expect(left).toBe(right);
    expect([await tab.redAt(250, 350), await tab.redAt(750, 350)]).toEqual([dark, light]);
    expect([await isPressed(tab, "Slider"), await isPressed(tab, "Side by Side")]).toEqual(["false", "true"]);
    expect(await announcedText(tab)).toBe("Side by side");
    await button(tab, "Slider").click();
    expect(await slider(tab).count()).toBe(1);
    // A second press changes nothing.
    await button(tab, "Slider").click();
    expect(await isPressed(tab, "Slider")).toBe("true");
  });

  test("stacks the panes if the tab is narrow", async () => {
    const tab = await open(undefined, undefined, { width: 320, height: 700 });
    await press(tab, "2");
    const tops = await tab.page
      .locator(".pane")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(tops[1]).toBeGreaterThan(tops[0] ?? 0);
    expect([await tab.redAt(160, 240), await tab.redAt(160, 540)]).toEqual([dark, light]);
  });
});

describe("The zoom", () => {
  test("changes by keys and buttons: 100 %, step by step, and back to fit", async () => {
    const tab = await open();
    const width = async () => (await tab.boundsOf(".layer.left img")).width;
    const whole = await width();
    expect(await tab.page.locator(".percent").textContent()).toBe(`${Math.round((whole / 1600) * 100)} %`);
    await button(tab, "100 %").click();
    expect([await width(), await announcedText(tab)]).toEqual([1600, "Zoom 100 %"]);
    expect([await isPressed(tab, "Fit"), await isPressed(tab, "100 %")]).toEqual(["false", "true"]);
    await press(tab, "+");
    expect(await width()).toBe(2400);
    await press(tab, "-", "-");
    expect(await width()).toBe(1200);
    await button(tab, "Zoom In").click();
    expect(await width()).toBe(1600);
    await press(tab, "0");
    expect(await width()).toBe(whole);
  });

  test("keeps the point under the pointer with Ctrl and the wheel; the wheel alone scrolls", async () => {
    const tab = await open();
    await press(tab, "9");
    const before = await tab.boundsOf(".sheet");
    const pointer = { x: 300, y: 300 };
    await tab.page.mouse.move(pointer.x, pointer.y);
    await tab.page.keyboard.down("Control");
    await tab.page.mouse.wheel(0, -200);
    await tab.page.keyboard.up("Control");
    const after = await tab.boundsOf(".sheet");
    expect(after.width).toBe(3200);
    expect((pointer.x - after.x) / 2).toBeCloseTo(pointer.x - before.x, 0);
    await tab.page.mouse.wheel(0, 120);
    expect((await tab.boundsOf(".sheet")).y).toBe(after.y - 120);
  });

  test("moves both panes together, by drag and by arrow keys", async () => {
    const tab = await open();
    await press(tab, "2", "9");
    const places = () =>
      tab.page
        .locator(".sheet")
        .evaluateAll((all) => all.map((one) => [Number.parseFloat(one.style.left), Number.parseFloat(one.style.top)]));
    const [[startX = 0, startY = 0] = []] = await places();
    await tab.page.mouse.move(300, 400);
    await tab.page.mouse.down();
    await tab.page.mouse.move(200, 370, { steps: 5 });
    await tab.page.mouse.up();
    await tab.page.evaluate(() => new Promise(requestAnimationFrame));
    const dragged = [startX - 100, startY - 30];
    expect(await places()).toEqual([dragged, dragged]);
    await press(tab, "ArrowLeft", "ArrowUp");
    await tab.page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await places()).toEqual([
      [startX - 60, startY + 10],
      [startX - 60, startY + 10],
    ]);
  });

  test("lets arrow keys move focused pictures and not the slider", async () => {
    const tab = await open();
    await press(tab, "9");
    const before = await tab.boundsOf(".sheet");
    await tab.page.getByRole("group", { name: "Pictures" }).focus();
    await press(tab, "ArrowRight");
    expect((await tab.boundsOf(".sheet")).x).toBe(before.x - 40);
    expect(await slider(tab).getAttribute("aria-valuenow")).toBe("50");
    await slider(tab).focus();
    await press(tab, "ArrowRight");
    expect(await slider(tab).getAttribute("aria-valuenow")).toBe("52");
  });
});

describe("Flip", () => {
  test("swaps the pictures and announces it", async () => {
    const tab = await open();
    const { x, y } = await tab.boundsOf(".sheet");
    await press(tab, "f");
    expect(await tab.redAt(x + 9, y + 9)).toBe(light);
    expect(await captions(tab)).toEqual(["images/light.png 1600 × 800", "images/dark.png 1600 × 800"]);
    expect(await announcedText(tab)).toBe("Left: images/light.png. Right: images/dark.png.");
    await button(tab, "Flip").click();
    expect(await tab.redAt(x + 9, y + 9)).toBe(dark);
  });

  test("lasts while Space is held", async () => {
    const tab = await open();
    await press(tab, "End");
    const { x, y } = await tab.boundsOf(".sheet");
    await tab.page.keyboard.down("Space");
    expect(await tab.redAt(x + 9, y + 9)).toBe(light);
    await tab.page.keyboard.up("Space");
    expect(await tab.redAt(x + 9, y + 9)).toBe(dark);
  });

  test("does not react to Space on a button, which presses the button", async () => {
    const tab = await open();
    await tab.page.keyboard.press("Tab");
    await tab.page.keyboard.press("Tab");
    await press(tab, "Space");
    expect([await isPressed(tab, "Side by Side"), await announcedText(tab)]).toEqual(["true", "Side by side"]);
  });
});
