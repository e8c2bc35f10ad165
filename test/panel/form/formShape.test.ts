import { describe, expect, it } from "vitest";
import { draftWithReferences, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();

/** The box of an SVG shape without the line around it, in px. */
function boxWithoutLine(shape: Element) {
  const { width, height } = shape instanceof SVGGraphicsElement ? shape.getBBox() : { width: 0, height: 0 };
  return { width, height };
}

/** Each chip of the aspect ratios, and the width and height of the shape drawn in it, in px. */
async function drawnChips({ page }: Panel) {
  const chips = page.getByRole("radiogroup", { name: "Aspect ratio" }).getByRole("radio");
  await chips.first().waitFor();
  return Promise.all(
    (await chips.all()).map(async (chip) => {
      const shape = chip.locator("svg rect");
      const isDrawn = (await shape.count()) > 0 && (await shape.isVisible());
      const box = isDrawn ? await shape.evaluate(boxWithoutLine) : undefined;
      return { label: (await chip.innerText()).trim(), width: box?.width ?? 0, height: box?.height ?? 0 };
    }),
  );
}

const sidesOf = (ratio: string) => ratio.split(":").map(Number);

describe("the chips of the aspect ratios", () => {
  it("show the shape of their ratio", async () => {
    const chips = await drawnChips(await harness.open(snapshot()));
    expect(chips.map(({ label }) => label)).toContain("16:9");
    for (const { label, width, height } of chips) {
      const [across = 0, down = 0] = sidesOf(label);
      expect(Math.max(width, height), label).toBeGreaterThan(12);
      // The model's pixels of a ratio are rounded to multiples of 16, so a tolerance is needed.
      expect(Math.abs(width / height / (across / down) - 1), label).toBeLessThan(0.03);
    }
  });

  it("show a shape for the one that follows the reference", async () => {
    const [first] = await drawnChips(await harness.open(snapshot({ draft: draftWithReferences(1) })));
    expect(first?.label).toBe("Like the reference");
    expect(Math.max(first?.width ?? 0, first?.height ?? 0)).toBeGreaterThan(12);
  });
});
