import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oversizeOf } from "../../../src/core/links/oversizedImage.ts";

const large = { width: 2720, height: 1536 };

describe("an image that is far larger than its use", () => {
  it.each([
    ["the width of its link", { width: 300 }, { shownWidth: 300, enough: 600, saving: 951_340 }],
    ["the height of its link", { height: 150 }, { shownWidth: 266, enough: 532, saving: 961_745 }],
    ["a box that it covers", { width: 100, height: 150 }, { shownWidth: 266, enough: 532, saving: 961_745 }],
  ])("has far more pixels than %s needs on a dense screen", (_, link, expected) => {
    expect(oversizeOf(link, large, 1_000_000)).toEqual(expected);
  });

  it("is one that is far wider than a page if its link has no size", () => {
    expect(oversizeOf({}, large, 9_000_000)).toBeUndefined();
    expect(oversizeOf({}, { width: 8000, height: 4000 }, 9_000_000)).toMatchObject({ enough: 3840 });
    expect(oversizeOf({ width: 0 }, large, 9_000_000)).toBeUndefined();
  });

  it("is none if hardly anything would be saved", () => {
    expect(oversizeOf({ width: 300 }, large, 21_000)).toBeUndefined();
    expect(oversizeOf({ width: 300 }, large, 22_000)).toBeDefined();
  });

  it("is never one that has fewer pixels than its link shows on a dense screen", () => {
    const side = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(side, side, side, fc.integer({ min: 1, max: 100_000_000 }), (shown, width, height, bytes) => {
        const oversize = oversizeOf({ width: shown }, { width, height }, bytes);
        expect(oversize === undefined || width >= 3 * shown).toBe(true);
        expect(oversize?.saving ?? 0).toBeLessThan(bytes);
      }),
    );
  });
});
