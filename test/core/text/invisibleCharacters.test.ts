import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeInvisible, unescapeInvisible } from "../../../src/core/text/invisibleCharacters.ts";

describe("A path with invisible characters", () => {
  test.each([
    ["invoice\u202Egnp.exe", "invoice‹U+202E›gnp.exe"],
    [".g\u200Cit/hooks", ".g‹U+200C›it/hooks"],
    ["a\nb\u0000c\u00ADd\uFEFFe\u2028f\u3164g", "a‹U+000A›b‹U+0000›c‹U+00AD›d‹U+FEFF›e‹U+2028›f‹U+3164›g"],
    ["tag\u{E0041}", "tag‹U+E0041›"],
    ["صورة جميلة", "صورة جميلة"],
    ["می\u200Cخواهم", "می\u200Cخواهم"],
    ["क्\u200Dष", "क्\u200Dष"],
    ["👩\u200D🚀", "👩\u200D🚀"],
    ["‹quoted›", "‹quoted›"],
    ["‹U+202E›", "‹U+2039›U+202E›"],
  ])("%j is shown as %s", (path, shown) => {
    expect(escapeInvisible(path)).toBe(shown);
    expect(unescapeInvisible(shown)).toBe(path);
  });

  test("is restored when its displayed form is parsed, for any path", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom("\u202E", "‹U+", "›", "‹U+2039›", "‹U+202E›", "\u200D", "👩"),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }).map((all) => all.join("")),
        (path) => {
          expect(unescapeInvisible(escapeInvisible(path))).toBe(path);
        },
      ),
    );
  });

  test("escapes only invisible characters, so a slash cannot be inserted", () => {
    for (const text of ["‹U+002F›", "‹U+0041›", "‹U+110000›", "‹U+D800›"]) {
      expect(unescapeInvisible(text)).toBe(text);
    }
  });
});
