import { describe, expect, test } from "vitest";
import { themes } from "../panel/harness/themes.ts";
import { dark, light } from "./harness.ts";
import { announcedText, captions, isPressed, picture, press, slider, useTabs } from "./tabs.ts";

const open = useTabs();

describe("A comparison", () => {
  test("shows the names and dimensions of the pictures", async () => {
    const tab = await open();
    expect(await captions(tab)).toEqual(["images/dark.png 1600 × 800", "images/light.png 1600 × 800"]);
    expect(await tab.page.getByText(/differ in size/).count()).toBe(0);
  });

  test("scales pictures of different sizes to the same box, with a note", async () => {
    const tab = await open(picture("dark.png"), picture("half.png"));
    expect(await captions(tab)).toEqual(["images/dark.png 1600 × 800", "images/half.png 800 × 400"]);
    expect(await tab.page.getByText("both are scaled to fit 1600 × 800.").count()).toBe(1);
    expect(await tab.boundsOf(".layer.left img")).toEqual(await tab.boundsOf(".layer.right img"));
  });

  test("centres pictures of different shapes, complete and undistorted", async () => {
    const tab = await open(picture("dark.png"), picture("square.png"));
    const [wide, square] = [await tab.boundsOf(".layer.left img"), await tab.boundsOf(".layer.right img")];
    expect([wide.width / wide.height, square.width / square.height]).toEqual([2, 1]);
    expect(Math.abs(wide.x + wide.width / 2 - (square.x + square.width / 2))).toBeLessThanOrEqual(1);
  });

  test("shows HTML and right-to-left text in file names as text", async () => {
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

  test("shows a message instead of a picture that cannot be loaded, and the other picture", async () => {
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
  test("moves the focus with Tab from the tools to the pictures and the slider", async () => {
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

  test("restores its state when it is shown again", async () => {
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

  test.each(themes)("has no accessibility violations in the theme %s", async (theme) => {
    const tab = await open(picture("dark.png"), picture("half.png"), { theme });
    expect(await tab.axe()).toEqual([]);
    await press(tab, "2");
    expect(await tab.axe()).toEqual([]);
    const broken = await open(picture("dark.png"), picture("broken.png"), { theme });
    expect(await broken.axe()).toEqual([]);
  });
});
