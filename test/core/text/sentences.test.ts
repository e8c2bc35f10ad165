import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeError, type ServiceErrorKind } from "../../../src/core/service/serviceError.ts";
import { escapeBidiControls } from "../../../src/core/text/invisibleCharacters.ts";
import { joinSentences } from "../../../src/core/text/sentences.ts";

const cases: readonly (readonly [parts: readonly string[], joined: string])[] = [
  [["It failed", "Try again."], "It failed. Try again."],
  [["It failed.", "", "  ", "Try again"], "It failed. Try again."],
  [["It failed..", "Try again."], "It failed. Try again."],
  [["Is it there?", "Wait…", "Now!"], "Is it there? Wait… Now!"],
  [["It said “no.”", "It said (no.)"], "It said “no.” It said (no.)"],
  [["Wait...", "Go"], "Wait... Go."],
];

const kinds: readonly ServiceErrorKind[] = [
  ...(["key", "permission", "credits", "busy", "conflict", "input", "reference", "moderation"] as const),
  ...(["upstream", "transient", "unexpected"] as const),
];

/** What a message must not contain: two sentence ends, or an empty placeholder or quotation. */
const malformed = /(?<!\.)\.\.(?!\.)|[!?]\.|:\s*[.:]|“\s*”| ,|\(\s*\)|:\s*$|\s{2}/u;

describe("The sentences of a message", () => {
  it.each(cases)("%j become %j", (parts, joined) => {
    expect(joinSentences(...parts)).toBe(joined);
  });

  it("never have a doubled full stop or an empty quotation, whatever the service sends", () => {
    const serviceText = fc.oneof(
      fc.constantFrom("", " ", ".", "Bad input", "Bad input.", "Bad input..", "Really?", "No “way.”", "  Bad input. "),
      fc.string({ unit: fc.constantFrom("a", "b", " ", "c") }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        serviceText,
        fc.option(serviceText, { nil: undefined }),
        (kind, message, upstream) => {
          const text = describeError(kind, "", { message, ...(upstream === undefined ? {} : { upstream }) });
          // Punctuation inside the service's own text is not checked.
          expect(text.replace(/ {2,}/g, " ")).not.toMatch(malformed);
          expect(text).toMatch(/[.!?…”]$/u);
        },
      ),
    );
  });
});

describe("A text with direction characters", () => {
  it("shows those characters and leaves all others, including Arabic and Hebrew", () => {
    expect(escapeBidiControls("cod\u202Egpj.js")).toBe("cod‹U+202E›gpj.js");
    expect(escapeBidiControls("a\u2066b\u2069c\u202A\u202C")).toBe("a‹U+2066›b‹U+2069›c‹U+202A›‹U+202C›");
    for (const text of ["ثعلب أحمر", "שועל אדום\u200F!", "👨‍👩‍👧", "naïve\u200Bname"]) {
      expect(escapeBidiControls(text)).toBe(text);
    }
  });
});
