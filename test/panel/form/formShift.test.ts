import { describe, expect, it } from "vitest";
import { recordedShifts, recordShifts } from "../../support/layoutShifts.ts";
import { draftView, draftWithReferences, jobViews, snapshot, today } from "../harness/fixtures.ts";
import { generateButton, intentsOf, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();

const { defaults } = draftView();

describe("when the rest comes after the form", () => {
  const jobs = jobViews(2);
  const empty = draftView({ savePathPreview: { path: defaults.path, savePath: "images/a-fox.jpg" } });
  const longPath = { path: defaults.path, savePath: `images/${"a-fox-in-the-snow-".repeat(6)}.jpg` };
  const full = draftWithReferences(3, { savePathPreview: longPath });

  it.each([250, 500])("nothing moves up or down in a panel of %i px that opens for the first time", async (width) => {
    const panel = await harness.open(snapshot({ draft: draftView() }), { width });
    await recordShifts(panel.page);
    await panel.send(snapshot({ draft: empty, jobs }));
    expect(await recordedShifts(panel.page)).toEqual([]);
  });

  it.each([250, 500])("nothing moves up or down in a panel of %i px with references and a long path", async (width) => {
    const panel = await harness.open(snapshot({ draft: full, jobs }), { width });
    await panel.reload(snapshot({ draft: draftView({ unreadReferences: 3 }) }));
    expect(await panel.page.locator("limn-references .unread").count()).toBe(3);
    await recordShifts(panel.page);
    await panel.send(snapshot({ draft: full, jobs }));
    expect(await recordedShifts(panel.page)).toEqual([]);
  });

  it.each([250, 500])("no picture moves in a panel of %i px when the balance comes last", async (width) => {
    const engine = { kind: "runware", isReady: true, hasKey: true } as const;
    const budgets = [{ period: "perDay", limit: 5, remaining: 4.664, isExact: true }] as const;
    const withJobs = { ...engine, spendingToday: today({ spent: 0.336 }), budgets };
    const known = snapshot({ engine: { ...withJobs, balance: 12.34 }, draft: empty, jobs });
    const panel = await harness.open(known, { width, hasOpenSettings: false });
    const firstTile = async () => (await panel.page.locator("limn-sheet .tile").first().boundingBox())?.y;
    const place = await firstTile();
    await panel.reload(snapshot({ engine, draft: empty, jobs }));
    expect(place).toBeGreaterThan(0);
    expect(await firstTile()).toBe(place);
    for (const content of [snapshot({ engine: withJobs, draft: empty, jobs }), known]) {
      await panel.send(content);
      expect(await firstTile()).toBe(place);
    }
    await panel.page.getByText("Balance $12.34").waitFor();
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
