import { describe, expect, test } from "vitest";
import { family } from "../../../src/core/models/family.ts";
import { shownName } from "../../../src/core/text/shownName.ts";

describe("The id of a model for display", () => {
  test("is the id itself if it is an ordinary one", () => {
    for (const id of [...family.map((model) => model.id), "runware:1234567890@1234567890", ""]) {
      expect(shownName(id)).toBe(id);
    }
  });

  test("has no character that disguises the text after it", () => {
    expect(shownName("acme:\u202Enaws\n@1")).toBe("acme:‹U+202E›naws‹U+000A›@1");
  });

  test("is cut between characters if it is long", () => {
    expect(shownName("x".repeat(80))).toBe("x".repeat(80));
    expect(shownName("x".repeat(100_000))).toBe(`${"x".repeat(79)}…`);
    expect(shownName("🦢".repeat(100_000))).toBe(`${"🦢".repeat(79)}…`);
  });
});
