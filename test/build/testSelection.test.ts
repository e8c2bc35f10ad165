import { describe, expect, test } from "vitest";
import { selectTests } from "../../scripts/testSelection.ts";

const build = { name: "build", hasFilters: false };
const unit = { name: "unit", hasFilters: true };
const host = { name: "host", hasFilters: true };
const suites = [build, unit, host];

describe("npm test", () => {
  test("runs all suites without arguments, and else those that are named", () => {
    expect(selectTests(suites, [])).toEqual({ selected: suites, filters: [] });
    expect(selectTests(suites, ["host", "build"])).toEqual({ selected: [build, host], filters: [] });
    expect(selectTests(suites, ["unit", "price", "job"])).toEqual({ selected: [unit], filters: ["price", "job"] });
  });

  test("prepares the build before the test files that a filter selects", () => {
    expect(selectTests(suites, ["build", "host", "panel"])).toEqual({ selected: [build, host], filters: ["panel"] });
  });

  test("reads only the leading words as suites, so that a later one may filter by a suite's name", () => {
    expect(selectTests(suites, ["unit", "build"])).toEqual({ selected: [build, unit], filters: [] });
    expect(selectTests(suites, ["unit", "price", "build"])).toEqual({ selected: [unit], filters: ["price", "build"] });
    expect(selectTests(suites, ["unit", "test/build"])).toEqual({ selected: [unit], filters: ["test/build"] });
  });

  test("refuses a filter without a suite, and one that no named suite can use", () => {
    expect(() => selectTests(suites, ["price"])).toThrow("Name a suite first: build, unit, host.");
    expect(() => selectTests(suites, ["build", "price"])).toThrow(
      "The filter “price” has no effect on build, only on unit, host.",
    );
  });
});
