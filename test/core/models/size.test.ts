import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import { modelOf } from "../../../src/core/models/findModel.ts";
import { findSize, formatSize, nearestSize, parseSize } from "../../../src/core/models/size.ts";

describe("The nearest size", () => {
  test.each([
    ["a full-HD screen", 1920, 1080, 1360, 768],
    ["a 4K screen", 3840, 2160, 2720, 1536],
    ["an og:image", 1200, 630, 1360, 768],
    ["a favicon", 16, 16, 1024, 1024],
    ["a phone's wallpaper", 1170, 2532, 1536, 2720],
    ["a wide banner", 3000, 500, 1552, 656],
    ["an unusual portrait", 801, 1201, 832, 1248],
    ["a photo of a camera", 6000, 4000, 2496, 1664],
  ])("to %s, %i × %i, is %i × %i", (_, width, height, nearWidth, nearHeight) => {
    expect(nearestSize(klingImage3, { width, height })).toMatchObject({ width: nearWidth, height: nearHeight });
  });

  test.each([
    [1170, 540, "1552 × 656"],
    [2048, 945, "1552 × 656"],
    [1000, 735, "1168 × 880"],
    [2048, 1506, "2336 × 1760"],
  ])("of Kling IMAGE O3 to %i × %i is in no larger tier than needed", (width, height, expected) => {
    const o3 = modelOf(family, "klingai:kling-image@o3");
    expect(formatSize(nearestSize(o3, { width, height }))).toBe(expected);
  });

  test("stays in the requested tier", () => {
    expect(nearestSize(klingImage3, { width: 16, height: 9 }, "2k")).toMatchObject({ width: 2720, height: 1536 });
    expect(nearestSize(klingImage3, { width: 9000, height: 9000 }, "1k")).toMatchObject({ width: 1024, height: 1024 });
  });

  test("to a size of the model is that size", () => {
    for (const size of klingImage3.sizes) {
      expect(nearestSize(klingImage3, size)).toBe(size);
      expect(findSize(klingImage3, size)).toBe(size);
    }
  });

  test("to any size has the nearest aspect ratio, within one percent", () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const stretch = (size: { width: number; height: number }) =>
          Math.abs(Math.log((size.width * height) / (size.height * width)));
        const found = nearestSize(klingImage3, { width, height });
        expect(stretch(found)).toBeLessThanOrEqual(Math.min(...klingImage3.sizes.map(stretch)) + 0.01);
      }),
    );
  });
});

describe("A size", () => {
  test.each(["2720x1536", "2720 × 1536", " 2720X1536 ", "2720*1536"])("is parsed from “%s”", (text) => {
    expect(parseSize(text)).toEqual({ width: 2720, height: 1536 });
  });

  test.each(["", "2720", "2720x", "x1536", "-1x1", "1.5x2", "2720x1536px", "272000x1536", "16:9", "1x1x1"])(
    "is not parsed from “%s”",
    (text) => {
      expect(parseSize(text)).toBeUndefined();
    },
  );

  test("is parsed from its own text", () => {
    for (const { width, height } of klingImage3.sizes) {
      expect(parseSize(formatSize({ width, height }))).toEqual({ width, height });
    }
  });
});
