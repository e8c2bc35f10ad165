import { describe, expect, test } from "vitest";
import { chosenSize, defaultCount, defaultSize } from "../../../src/core/models/defaultSize.ts";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import { modelOf } from "../../../src/core/models/findModel.ts";

const o3 = modelOf(family, "klingai:kling-image@o3");
const square = { width: 2048, height: 2048 };
const wide = { width: 2720, height: 1536 };
const wide4k = { width: 5440, height: 3072 };

describe("The size that is proposed", () => {
  test("is the largest square that costs least", () => {
    expect(defaultSize(klingImage3, undefined, undefined)).toEqual(square);
    expect(defaultSize(o3, undefined, undefined)).toEqual(square);
    const dear2k = { ...klingImage3, price: { "1k": 0.01, "2k": 0.02 } };
    expect(defaultSize(dear2k, undefined, undefined)).toEqual({ width: 1024, height: 1024 });
  });

  test("is the last one, if the model has it", () => {
    expect(defaultSize(klingImage3, undefined, wide)).toEqual(wide);
    expect(defaultSize(o3, undefined, wide4k)).toEqual(wide4k);
    expect(defaultSize(klingImage3, undefined, wide4k)).toEqual(square);
  });

  test("is the nearest to the first reference, whatever was chosen last", () => {
    expect(defaultSize(klingImage3, { width: 1600, height: 1067 }, wide)).toEqual({ width: 1248, height: 832 });
  });

  test("counts as chosen only if it was not proposed because of the reference", () => {
    const photo = { width: 1600, height: 1067 };
    expect(chosenSize(klingImage3, { width: 1248, height: 832 }, photo)).toBeUndefined();
    expect(chosenSize(klingImage3, wide, photo)).toEqual(wide);
    expect(chosenSize(klingImage3, { width: 1248, height: 832 }, undefined)).toEqual({ width: 1248, height: 832 });
    expect(chosenSize(klingImage3, "like-reference", photo)).toBeUndefined();
    expect(chosenSize(klingImage3, { resolution: "2k" }, photo)).toBeUndefined();
  });
});

describe("The number that is proposed", () => {
  test("is the last one, within what the model can make", () => {
    expect([1, 4, 30].map((last) => defaultCount(klingImage3, last))).toEqual([1, 4, 20]);
    expect(defaultCount({ results: { min: 2, max: 4 } }, 1)).toBe(2);
  });
});
