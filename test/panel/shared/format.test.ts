import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { escapeBidiControls } from "../../../src/core/text/invisibleCharacters.ts";
import { excerpt, formatTime } from "../../../src/panel/shared/format.ts";

const charactersOf = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

describe("the start of a prompt", () => {
  it("is cut after as many characters as the user sees", () => {
    const family = "👩‍👩‍👧";
    expect(excerpt(family.repeat(5), 5)).toBe(family.repeat(5));
    expect(excerpt(family.repeat(6), 5)).toBe(`${family.repeat(4)}…`);
    expect(excerpt("a fox\n  in the snow", 8)).toBe("a fox i…");
    expect(excerpt("a fox in", 8)).toBe("a fox in");
    expect(excerpt("", 8)).toBe("");
  });

  it("begins like the prompt, in whole characters", () => {
    const texts = fc.string({ unit: "grapheme", maxLength: 40 });
    const lengths = fc.integer({ min: 2, max: 20 });
    fc.assert(
      fc.property(texts, lengths, (prompt, length) => {
        const line = escapeBidiControls(prompt).replace(/\s+/gu, " ").trim();
        const characters = charactersOf(line);
        const expected =
          characters.length <= length
            ? line
            : `${characters
                .slice(0, length - 1)
                .join("")
                .trimEnd()}…`;
        expect(excerpt(prompt, length)).toBe(expected);
      }),
    );
  });
});

describe("the time of a picture", () => {
  it("has its day if it is not of today, and its year if it is not of this one", () => {
    const now = new Date(2026, 10, 27, 12).getTime();
    const at = (...date: [number, number, number, number]) => formatTime(new Date(...date).getTime(), now);
    expect(at(2026, 10, 27, 9)).not.toMatch(/27|2026/);
    expect(at(2026, 10, 3, 9)).toMatch(/3/);
    expect(at(2026, 10, 3, 9)).not.toMatch(/2026/);
    expect(at(2025, 10, 3, 9)).toMatch(/2025/);
  });
});

it("the rows of the sheet share what divides and formats their texts", () => {
  const segmenter = vi.spyOn(Intl, "Segmenter");
  const format = vi.spyOn(Intl, "DateTimeFormat");
  for (let row = 0; row < 100; row++) {
    excerpt("A fox in the snow. ".repeat(20));
    formatTime(row * 86_400_000, 0);
  }
  expect(segmenter.mock.calls.length).toBeLessThanOrEqual(1);
  expect(format.mock.calls.length).toBeLessThanOrEqual(3);
  vi.restoreAllMocks();
});
