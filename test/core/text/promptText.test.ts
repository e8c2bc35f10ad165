import { describe, expect, test } from "vitest";
import { cleanPrompt } from "../../../src/core/text/promptText.ts";

describe("A prompt before it is sent", () => {
  test.each([
    ["A fox", "A fox"],
    ["  A fox\n", "A fox"],
    ["A\u0000 fox\u0007\u007F\u0090", "A fox"],
    ["A fox \uD83D in snow\uDC00", "A fox  in snow"],
    ["\uFEFFA fox\uFEFF", "A fox"],
    ["A fox\r\nin snow\ron\u2028ice\ta\u000Bb", "A fox\nin snow\non\nice\ta\nb"],
    ["👩\u200D🚀 on the moon", "👩\u200D🚀 on the moon"],
    ["می\u200Cخواهم", "می\u200Cخواهم"],
    ["\u202Bشمس\u202C", "\u202Bشمس\u202C"],
    ["❄\uFE0F", "❄\uFE0F"],
    ["山", "山"],
    ["?", "?"],
  ])("is changed from %j to %j", (text, clean) => {
    expect(cleanPrompt(text)).toBe(clean);
    expect(cleanPrompt(clean)).toBe(clean);
  });

  test.each([
    ["", "nothing"],
    [" \t\n\u00A0\u3000", "space"],
    ["\u200B\u2060\u200D\u00AD", "zero-width signs"],
    ["\u202E\u2066\u200F", "direction marks"],
    ["\u115F\u3164\uFFA0\u2800", "fillers and blanks"],
    ["\uFE0F\u{E0041}\u0301", "selectors, tags and accents alone"],
    ["\u0000\u001B", "controls"],
    ["\uD83D\uDC00\uD83D".slice(2), "half a character"],
    ["\uE000", "a private-use character"],
  ])("counts as empty if it is %j: %s", (text) => {
    expect(cleanPrompt(text)).toBe("");
  });
});
