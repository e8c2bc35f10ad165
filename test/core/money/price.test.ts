import { describe, expect, test } from "vitest";
import { klingImage3 } from "../../../src/core/models/family.ts";
import { estimateCost } from "../../../src/core/money/price.ts";
import { formatUsd } from "../../../src/core/money/usd.ts";

describe("The price", () => {
  test("of three pictures at 0.028 is exactly 0.084", () => {
    expect(estimateCost(klingImage3, { width: 1024, height: 1024 }, 3)).toBe(0.084);
  });

  test.each(klingImage3.sizes)("is known for $width × $height", (size) => {
    expect(estimateCost(klingImage3, size, 20)).toBe(0.56);
  });

  test("is known if the shape follows the reference", () => {
    expect(estimateCost(klingImage3, { resolution: "2k" }, 1)).toBe(0.028);
    expect(estimateCost(klingImage3, "like-reference", 2)).toBe(0.056);
  });

  test("of a shape that the service chooses is that of the most expensive tier", () => {
    const swan = { ...klingImage3, price: { "1k": 1, "2k": 2 } };
    expect(estimateCost(swan, "like-reference", 2)).toBe(4);
    expect(estimateCost(swan, { resolution: "1k" }, 2)).toBe(2);
  });

  test("of an unknown size is that of the most expensive tier", () => {
    const expensiveModel = { ...klingImage3, price: { "1k": 1, "2k": 2 } };
    expect(estimateCost(expensiveModel, { width: 1, height: 1 }, 1)).toBe(2);
    expect(estimateCost(expensiveModel, { width: 1024, height: 1024 }, 1)).toBe(1);
  });

  test.each([
    [0, "$0.00"],
    [0.028, "$0.028"],
    [0.084, "$0.084"],
    [0.1, "$0.100"],
    [0.56, "$0.560"],
    [1, "$1.00"],
    [99.972, "$99.972"],
    [1234.5, "$1234.50"],
    [0.0013, "$0.0013"],
  ])("%d is formatted as %s", (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });
});
