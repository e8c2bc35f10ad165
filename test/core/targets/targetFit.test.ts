import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { family } from "../../../src/core/models/family.ts";
import { formatSize, type Pixels } from "../../../src/core/models/size.ts";
import { largestCrop } from "../../../src/core/targets/crop.ts";
import { missingPixels, planExport } from "../../../src/core/targets/exportPlan.ts";
import { promptHint } from "../../../src/core/targets/promptHint.ts";
import { croppedShapes } from "../../../src/core/targets/targetCrops.ts";
import { filePixels, fitOf, sizeForTarget, targetPixels } from "../../../src/core/targets/targetFit.ts";
import { targets } from "../../../src/core/targets/targets.ts";

const [kling] = family;
const square: Pixels = { width: 2048, height: 2048 };

function wantedBy(id: string) {
  const target = targets.find((one) => one.id === id);
  if (target === undefined) throw new Error(`There is no target ${id}.`);
  return targetPixels(target);
}

const sides = fc.integer({ min: 16, max: 4096 });
const anyTarget = fc.oneof(
  fc.constantFrom(...targets).map(targetPixels),
  fc.record({
    files: fc.array(fc.oneof(fc.record({ width: sides, height: sides }), fc.record({ width: sides })), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
);

describe("the size to make a picture in", () => {
  it.each([
    // From shared/reference/targets.md, which computed the losses from the sizes of the model.
    ["og", "2720 × 1536", 0.07],
    ["github-social", "2720 × 1536", 0.115],
    ["portrait-post", "1760 × 2336", 0.058],
    ["story", "1536 × 2720", 0.004],
    ["card", "2496 × 1664", 0],
    ["favicon", "2048 × 2048", 0],
    ["play-feature", "3104 × 1312", 0.134],
  ])("for %s is %s", (id, size, loss) => {
    const chosen = sizeForTarget(kling, wantedBy(id), square);
    expect(formatSize(chosen)).toBe(size);
    expect(fitOf(wantedBy(id), chosen).loss).toBeCloseTo(loss, 2);
  });

  it("keeps the shape of the request for a target that takes any", () => {
    const banner = { width: 1552, height: 656 };
    expect(formatSize(sizeForTarget(kling, wantedBy("srcset"), banner))).toBe("3104 × 1312");
  });

  it("is of the lowest price that is large enough", () => {
    const tiered = { sizes: kling.sizes, price: { "1k": 0.02, "2k": 0.04 } };
    expect(formatSize(sizeForTarget(tiered, wantedBy("vscode-icon"), square))).toBe("1024 × 1024");
    expect(formatSize(sizeForTarget(tiered, wantedBy("og"), square))).toBe("1360 × 768");
    expect(formatSize(sizeForTarget(tiered, wantedBy("story"), square))).toBe("1536 × 2720");
  });

  it("is one that is too small only if all are, and then says for which file", () => {
    const splash = { files: [{ width: 2732, height: 2732 }] };
    const chosen = sizeForTarget(kling, splash, square);
    expect(formatSize(chosen)).toBe("2048 × 2048");
    expect(fitOf(splash, chosen).missing).toEqual({ width: 2732, height: 2732 });
  });

  it("loses least of all sizes that are large enough, and is never scaled up or cropped outside", () => {
    fc.assert(
      fc.property(anyTarget, fc.constantFrom(...family), (wanted, model) => {
        const chosen = sizeForTarget(model, wanted, square);
        const { loss, missing } = fitOf(wanted, chosen);
        const large = model.sizes.filter((size) => fitOf(wanted, size).missing === undefined);
        expect(missing === undefined).toBe(large.length > 0);
        if (large.length > 0 && wanted.files.some((file) => "height" in file)) {
          // The tiers of one shape differ by up to 1.4 %, and the cheapest is taken.
          expect(loss).toBeLessThanOrEqual(Math.min(...large.map((size) => fitOf(wanted, size).loss)) + 0.02);
        }
        for (const file of filePixels(wanted, chosen)) {
          const crop = largestCrop(chosen, file);
          expect(crop.width).toBeLessThanOrEqual(chosen.width);
          expect(crop.height).toBeLessThanOrEqual(chosen.height);
          if (missing === undefined) {
            expect(crop.width).toBeGreaterThanOrEqual(file.width);
            expect(crop.height).toBeGreaterThanOrEqual(file.height);
          }
        }
      }),
    );
  });

  it("is large enough exactly if an export of such a picture writes every file", () => {
    fc.assert(
      fc.property(fc.constantFrom(...targets), fc.constantFrom(...kling.sizes), (target, size) => {
        const plan = planExport(target, { name: "fox", pixels: size }, "App");
        expect(fitOf(targetPixels(target), size).missing === undefined).toBe(plan.tooLarge.length === 0);
        if (missingPixels(target, plan) !== undefined) {
          expect(fitOf(targetPixels(target), size).missing).toEqual(missingPixels(target, plan));
        }
      }),
    );
  });
});

describe("the shapes that a target crops a picture to", () => {
  const shapesOf = (id: string, size: Pixels) => {
    const target = targets.find((one) => one.id === id);
    return target && croppedShapes(target, size);
  };

  it.each([
    ["og", { width: 2720, height: 1536 }, [{ width: 1200, height: 630 }]],
    // Of several files of one shape, the largest.
    ["favicon", { width: 2720, height: 1536 }, [{ width: 512, height: 512 }]],
    ["favicon", square, []],
    // 0.4 % of it is not worth a frame.
    ["hero", { width: 2720, height: 1536 }, []],
    ["srcset", { width: 2720, height: 1536 }, []],
    ["png", square, []],
  ])("of %s for %o are %o", (id, size, shapes) => {
    expect(shapesOf(id, size)).toEqual(shapes);
  });
});

describe("the hint to the prompt", () => {
  it.each([
    ["og", { width: 2720, height: 1536 }, "the middle 90 % of the height, with background above and below."],
    ["play-feature", { width: 3104, height: 1312 }, "the middle 85 % of the width, with background on both sides"],
    ["story", { width: 1536, height: 2720 }, "the middle 70 % of the height"],
    ["story", { width: 2048, height: 2048 }, "the middle 55 % of the width and 70 % of the height"],
    ["favicon", { width: 2048, height: 2048 }, "one bold shape in the middle"],
  ])("for %s of %o says %s", (id, size, text) => {
    expect(promptHint(wantedBy(id), size)).toContain(text);
  });

  it.each([
    ["hero", { width: 2720, height: 1536 }],
    ["card", { width: 2496, height: 1664 }],
    ["srcset", { width: 2720, height: 1536 }],
    ["vscode-icon", { width: 2048, height: 2048 }],
  ])("is not given for %s, since nothing is lost", (id, size) => {
    expect(promptHint(wantedBy(id), size)).toBeUndefined();
  });

  it("is not given for a shape that leaves nearly nothing of the picture", () => {
    const flat = { files: [{ width: 2048, height: 64 }] };
    const size = { width: 2048, height: 2048 };
    expect(promptHint(flat, size)).toBeUndefined();
    expect(promptHint({ ...flat, safeZone: { width: 0.5, height: 1 } }, size)).toBeUndefined();
  });
});
