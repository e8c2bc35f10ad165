import { describe, expect, test } from "vitest";
import { readSafetySetting, safetyChoiceOf, toSafety } from "../../../src/core/request/safety.ts";

test("A chosen check is sent with a mode that checks, and no check sends no field", () => {
  expect(toSafety("fast")).toEqual({ checkContent: true, mode: "fast" });
  expect(toSafety("off")).toBeUndefined();
});

test("A job counts as checked if either field requests it, as in earlier versions", () => {
  expect(safetyChoiceOf({ checkContent: true, mode: "none" })).toBe("fast");
  expect(safetyChoiceOf({ checkContent: false, mode: "fast" })).toBe("fast");
  expect(safetyChoiceOf({ checkContent: true })).toBe("fast");
  expect(safetyChoiceOf({ checkContent: false, mode: "none" })).toBe("off");
  expect(safetyChoiceOf(undefined)).toBe("off");
});

describe("The setting's stored value", () => {
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
    expect(readSafetySetting(value)).toBe(choice);
  });
});
