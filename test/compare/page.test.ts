import { describe, expect, test } from "vitest";
import { themes } from "../panel/harness/themes.ts";
import { announcedText, captions, dark, isPressed, light, open, picture, press, slider } from "./tabs.ts";

describe("What is known of the pictures", () => {
  test("is their names and real pixels", async () => {
    const tab = await open();
    expect(await captions(tab)).toEqual(["images/dark.png 1600 × 800", "images/light.png 1600 × 800"]);
    expect(await tab.page.getByText(/differ in size/).count()).toBe(0);
  });

  test("if they differ in size, they are scaled to one box, and a note says so", async () => {
    const tab = await open(picture("dark.png"), picture("half.png"));
    expect(await captions(tab)).toEqual(["images/dark.png 1600 × 800", "images/half.png 800 × 400"]);
    expect(await tab.page.getByText("both are scaled to fit 1600 × 800.").count()).toBe(1);
    expect(await tab.boundsOf(".layer.left img")).toEqual(await tab.boundsOf(".layer.right img"));
  });

  test("if they differ in shape, each is whole and undistorted in the middle of the box", async () => {
    const tab = await open(picture("dark.png"), picture("square.png"));
    const [wide, square] = [await tab.boundsOf(".layer.left img"), await tab.boundsOf(".layer.right img")];
    expect([wide.width / wide.height, square.width / square.height]).toEqual([2, 1]);
    expect(Math.abs(wide.x + wide.width / 2 - (square.x + square.width / 2))).toBeLessThanOrEqual(1);
  });

  test("a hostile file name is text, and so is one that is written from right to left", async () => {
    const hostile = "images/<img src=x onerror=\"document.title='owned'\">.png";
    const tab = await open(picture("dark.png", hostile), picture("light.png", "صور/ثعلب 🦊.png"));
    const [left = "", right = ""] = await captions(tab);
    expect(left).toContain(hostile);
    expect(right).toContain("صور/ثعلب 🦊.png");
    expect(await tab.page.title()).toBe("Limn");
    expect(await tab.page.locator("img").count()).toBe(2);
    await press(tab, "f");
    expect(await announcedText(tab)).toContain(`Right: ${hostile}.`);
  });

  test("a picture that cannot be shown leaves a sentence in its place, and the other one to see", async () => {
    const tab = await open({ label: "images/gone.png", problem: "images/gone.png could not be read." });
    expect(await tab.page.getByRole("alert").textContent()).toContain("images/gone.png could not be read.");
    expect(await tab.redAt(750, 350)).toBe(light);
    expect(await tab.page.getByRole("slider").count()).toBe(0);
    const broken = await open(picture("dark.png"), picture("broken.png"));
    expect(await broken.page.getByRole("alert").textContent()).toContain("This picture cannot be shown");
    expect(await broken.redAt(250, 350)).toBe(dark);
  });
});

describe("The page", () => {
  test("is gone through with Tab from the tools to the pictures to the slider", async () => {
    const tab = await open();
    const names: string[] = [];
    for (let stop = 0; stop < 9; stop++) {
      await press(tab, "Tab");
      names.push(
        await tab.page.evaluate(() => {
          let focused = document.activeElement;
          while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
          const host = focused?.getRootNode();
          const outer = host instanceof ShadowRoot && focused instanceof HTMLButtonElement ? host.host : focused;
          return focused?.getAttribute("aria-label") ?? outer?.textContent?.trim() ?? "";
        }),
      );
    }
    expect(names).toEqual([
      ...["Slider", "Side by Side", "Zoom Out", "Zoom In", "Fit", "100 %", "Flip"],
      ...["Pictures", "Divider between the pictures"],
    ]);
  });

  test("is as it was left when it is shown again", async () => {
    const tab = await open();
    await press(tab, "Shift+ArrowRight", "9", "f");
    await tab.reload();
    expect(await slider(tab).getAttribute("aria-valuenow")).toBe("60");
    expect((await tab.boundsOf(".layer.left img")).width).toBe(1600);
    expect((await captions(tab))[0]).toContain("light.png");
    await press(tab, "2");
    await tab.reload();
    expect(await isPressed(tab, "Side by Side")).toBe("true");
  });

  test("leaves keys with Ctrl, Alt and Meta to VS Code", async () => {
    const tab = await open();
    await press(tab, "Control+2", "Alt+ArrowRight", "Meta+f");
    expect(await slider(tab).getAttribute("aria-valuenow")).toBe("50");
    expect((await captions(tab))[0]).toContain("dark.png");
  });

  test.each(themes)("has nothing that axe-core objects to in the theme %s", async (theme) => {
    const tab = await open(picture("dark.png"), picture("half.png"), { theme });
    expect(await tab.axe()).toEqual([]);
    await press(tab, "2");
    expect(await tab.axe()).toEqual([]);
    const broken = await open(picture("dark.png"), picture("broken.png"), { theme });
    expect(await broken.axe()).toEqual([]);
  });
});
