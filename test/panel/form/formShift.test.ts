import { describe, expect, it } from "vitest";
import { draftView, draftWithReferences, jobViews, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { generateButton, intentsOf, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();

/** Starts to record what moves up or down in the page. The label of a button gets a price. */
const recordShifts = ({ page }: Panel): Promise<void> =>
  page.evaluate(() => {
    const shifts: string[] = [];
    Reflect.set(window, "shifts", shifts);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        for (const { previousRect, currentRect } of Reflect.get(entry, "sources")) {
          if (previousRect.y !== currentRect.y) shifts.push(`${previousRect.y} → ${currentRect.y}`);
        }
      }
    }).observe({ type: "layout-shift" });
  });

/** What has moved so far. */
const shifts = ({ page }: Panel): Promise<string[]> =>
  page.evaluate(async () => {
    // The entries of a frame are delivered after it.
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    return Reflect.get(window, "shifts");
  });

const { defaults } = draftView();

describe("when the rest comes after the form", () => {
  const jobs = jobViews(2);
  const empty = draftView({ savePathPreview: { path: defaults.path, savePath: "images/a-fox.jpg" } });
  const longPath = { path: defaults.path, savePath: `images/${"a-fox-in-the-snow-".repeat(6)}.jpg` };
  const full = draftWithReferences(3, { savePathPreview: longPath });

  it.each([250, 500])("nothing moves up or down in a panel of %i px that opens for the first time", async (width) => {
    const panel = await harness.open(snapshot({ draft: draftView() }), { width });
    await recordShifts(panel);
    await panel.send(snapshot({ draft: empty, jobs }));
    expect(await shifts(panel)).toEqual([]);
  });

  it.each([250, 500])("nothing moves up or down in a panel of %i px with references and a long path", async (width) => {
    const panel = await harness.open(snapshot({ draft: full, jobs }), { width });
    await panel.reload(snapshot({ draft: draftView({ unreadReferences: 3 }) }));
    expect(await panel.page.locator("limn-references .unread").count()).toBe(3);
    await recordShifts(panel);
    await panel.send(snapshot({ draft: full, jobs }));
    expect(await shifts(panel)).toEqual([]);
  });

  it("the room for references is given back if there are none any more", async () => {
    const panel = await harness.open(snapshot({ draft: full }));
    const height = async () => (await panel.page.locator("limn-references").boundingBox())?.height ?? 0;
    const withReferences = await height();
    await panel.reload(snapshot({ draft: draftView({ unreadReferences: 3 }) }));
    expect(await height()).toBe(withReferences);
    await panel.send(snapshot({ draft: empty }));
    expect(await height()).toBeLessThan(withReferences);
  });

  it("a size nearest to the reference is not sent before the reference is read", async () => {
    const panel = await harness.open(snapshot({ draft: draftView({ unreadReferences: 1 }) }));
    await promptField(panel).fill("A fox");
    await panel.page.getByText("The reference images are being read.").waitFor();
    expect(await generateButton(panel).isDisabled()).toBe(true);
    await panel.send(snapshot({ draft: draftWithReferences(1) }));
    await generateButton(panel).getByText("Generate 1 · about $0.028").click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { shape: { width: 2496, height: 1664 } } }]);
  });

  it("a size that follows the references keeps its place in the list", async () => {
    const panel = await harness.open(snapshot({ draft: full }));
    await panel.page.getByRole("radio", { name: "Like the reference" }).click();
    await panel.reload(snapshot({ draft: draftView({ unreadReferences: 3 }) }));
    const likeReference = panel.page.getByRole("radio", { name: "Like the reference" });
    expect(await likeReference.getAttribute("aria-checked")).toBe("true");
  });
});
