import { describe, expect, test } from "vitest";
import { choiceOf, readSafety, safetyOf } from "../../src/core/safety.ts";

test("A check that is chosen is sent with a mode that checks, and no check sends nothing", () => {
  expect(safetyOf("fast")).toEqual({ checkContent: true, mode: "fast" });
  expect(safetyOf("off")).toBeUndefined();
});

test("A job counts as checked if either field asked for it, as earlier versions combined them", () => {
  expect(choiceOf({ checkContent: true, mode: "none" })).toBe("fast");
  expect(choiceOf({ checkContent: false, mode: "fast" })).toBe("fast");
  expect(choiceOf({ checkContent: true })).toBe("fast");
  expect(choiceOf({ checkContent: false, mode: "none" })).toBe("off");
  expect(choiceOf(undefined)).toBe("off");
});

describe("The setting as it stands", () => {
  test.each<[string, unknown, string]>([
    ["off", "off", "off"],
    ["fast", "fast", "fast"],
    ["nothing", undefined, "off"],
    ["a value of no meaning", "slow", "fast"],
    ["a value of a wrong type", true, "fast"],
    ["a list", ["off"], "fast"],
    ["the old check", { checkContent: true }, "fast"],
    ["the old check beside the old mode that disables it", { checkContent: true, mode: "none" }, "fast"],
    ["the old mode", { mode: "fast" }, "fast"],
    ["the old settings without a check", { checkContent: false, mode: "none" }, "off"],
    ["one old setting without a check", { checkContent: false }, "off"],
    ["an old setting of a wrong type", { checkContent: "yes" }, "fast"],
    ["something else below the name", { other: 1 }, "off"],
  ])("%s", (_, value, choice) => {
    expect(readSafety(value)).toBe(choice);
  });
});
