import { describe, expect, it } from "vitest";
import { jobView, jobViews, snapshot } from "./harness/fixtures.ts";
import type { Panel } from "./harness/harness.ts";
import { generateButton, promptField } from "./harness/locators.ts";
import { useHarness } from "./harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

const { cost: _, ...failed } = jobView(1, { state: "failed", pictures: [], remedy: "setApiKey" });
const jobs = [failed, ...jobViews(40).slice(1)];

const box = async (selector: string) => {
  const found = await panel.page.locator(selector).first().boundingBox();
  if (found === null) throw new Error(`${selector} has no box.`);
  return found;
};
const scrollBy = async (x: number, y: number) => {
  await panel.page.mouse.move(x, 150);
  await panel.page.mouse.wheel(0, y);
};

describe("the panel at 700 px and more", () => {
  it("has form and jobs at the left and the pictures at the right, and not in a narrower panel", async () => {
    panel = await harness.open(snapshot({ jobs }), { width: 700 });
    await panel.page.getByRole("gridcell").first().waitFor();
    const [form, sheet] = [await box(".compose"), await box("limn-sheet")];
    expect([form.x, form.width, form.y, sheet.x, sheet.y]).toEqual([0, 340, 0, 340, 0]);
    expect((await box("limn-job-list")).width).toBeLessThanOrEqual(340);
    await panel.page.setViewportSize({ width: 699, height: 900 });
    await expect.poll(async () => (await box("limn-sheet")).x).toBe(0);
    expect((await box("limn-sheet")).y).toBeGreaterThan((await box("limn-job-list")).y);
  });

  it("keeps the form in view while the pictures scroll, and the filters at their top", async () => {
    panel = await harness.open(snapshot({ jobs }), { width: 900, height: 700 });
    await panel.page.getByRole("gridcell").first().waitFor();
    await scrollBy(700, 2000);
    await expect.poll(() => panel.page.evaluate(() => scrollY)).toBeGreaterThan(1000);
    expect((await box(".compose")).y).toBe(0);
    expect((await box("limn-sheet .bar")).y).toBe(0);
    await promptField(panel).fill("A fox");
  });

  it("scrolls the form alone if it is higher than the panel, with Generate in view", async () => {
    const size = { width: 900, height: 300 };
    panel = await harness.open(snapshot({ jobs }), size);
    const isGenerateInView = async () => {
      const button = await generateButton(panel).boundingBox();
      return button !== null && button.y >= 0 && button.y + button.height <= size.height;
    };
    expect(await isGenerateInView()).toBe(true);
    await scrollBy(100, 400);
    await expect.poll(() => panel.page.locator(".compose").evaluate(({ scrollTop }) => scrollTop)).toBe(400);
    expect(await panel.page.evaluate(() => scrollY)).toBe(0);
    expect(await isGenerateInView()).toBe(true);
  });

  it("has larger thumbnails the wider it is", async () => {
    const widths: number[] = [];
    for (const width of [400, 800, 1300]) {
      panel = await harness.open(snapshot({ jobs: jobViews(6) }), { width });
      await panel.page.getByRole("gridcell").first().waitFor();
      widths.push((await box(".tiles:not(.newest) .tile")).width);
    }
    expect(widths.map((width) => Math.floor(width / 20) * 20)).toEqual([120, 140, 220]);
  });

  it("is reached by Tab in the order form, jobs, pictures", async () => {
    panel = await harness.open(snapshot({ jobs }), { width: 900 });
    await panel.page.getByRole("gridcell").first().waitFor();
    await promptField(panel).focus();
    const parts: string[] = [];
    for (let pressed = 0; pressed < 60 && parts.at(-1) !== "limn-sheet"; pressed++) {
      const part = await panel.page.evaluate(
        () => document.querySelector("limn-app")?.shadowRoot?.activeElement?.localName ?? "",
      );
      if (part !== parts.at(-1)) parts.push(part);
      await panel.page.keyboard.press("Tab");
    }
    expect(parts).toEqual(["limn-form", "limn-job-list", "limn-sheet"]);
  });

  it("has no violation that axe finds, in any theme", { timeout: 120_000 }, async () => {
    panel = await harness.open(snapshot({ jobs: jobs.slice(0, 8) }), { width: 700 });
    await panel.page.getByRole("gridcell").first().waitFor();
    const onTheme = async () => {
      const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBe(0);
    };
    expect(await panel.axeInAllThemes({ onTheme })).toEqual([]);
  });
});
