import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shiftOffset, type TextChange } from "../../../src/core/links/offset.ts";

/** The text after an edit: each change refers to the text before, so the last one is made first. */
const applyChanges = (text: string, changes: readonly TextChange[]): string =>
  changes
    .toSorted((one, other) => other.rangeOffset - one.rangeOffset)
    .reduce(
      (result, { rangeOffset, rangeLength, text: fresh }) =>
        result.slice(0, rangeOffset) + fresh + result.slice(rangeOffset + rangeLength),
      text,
    );

/** Stands in the text for the place; nothing else there is like it. */
const placeMarker = "\0";

const words = (minLength: number) =>
  fc.string({ minLength, maxLength: 6 }).map((text) => text.replaceAll(placeMarker, "_"));

/** Parts of a text, each with what it is replaced by, if it is. */
const parts = (minLength: number) =>
  fc.array(fc.record({ old: words(minLength), fresh: fc.option(words(0), { nil: undefined }) }));

/** The changes that these parts are, in a text that has something before them. */
function changesOf(all: readonly { old: string; fresh: string | undefined }[], before: number): TextChange[] {
  let rangeOffset = before;
  return all.flatMap(({ old, fresh }) => {
    const change = { rangeOffset, rangeLength: old.length, text: fresh ?? "" };
    rangeOffset += old.length;
    return fresh === undefined ? [] : change;
  });
}

const textOf = (all: readonly { old: string }[]): string => all.map(({ old }) => old).join("");

describe("A place in a text", () => {
  test("moves with whatever is edited before and behind it", () => {
    fc.assert(
      fc.property(parts(1), parts(0), fc.boolean(), (before, behind, isReversed) => {
        const place = textOf(before).length;
        // With the mark in the text, all that is behind the place lies one further on; without it,
        // the place is between two characters.
        const withMark = [...changesOf(before, 0), ...changesOf(behind, place + placeMarker.length)];
        const without = [...changesOf(before, 0), ...changesOf(behind, place)];
        const found = applyChanges(textOf(before) + placeMarker + textOf(behind), withMark).indexOf(placeMarker);
        expect(shiftOffset(place, isReversed ? without.reverse() : without)).toBe(found);
      }),
    );
  });

  test("stays in front of what is inserted there, and behind what is inserted before it", () => {
    expect(shiftOffset(5, [{ rangeOffset: 5, rangeLength: 0, text: "\nmore" }])).toBe(5);
    expect(shiftOffset(5, [{ rangeOffset: 4, rangeLength: 0, text: "\nmore" }])).toBe(10);
  });

  test("is where the deletion was, if the text around it was deleted", () => {
    expect(shiftOffset(5, [{ rangeOffset: 2, rangeLength: 10, text: "" }])).toBe(2);
  });

  test("stays inside what the text around it was replaced by", () => {
    const replacement = fc.record({ rangeOffset: fc.nat(20), rangeLength: fc.nat(20), text: fc.string() });
    fc.assert(
      fc.property(replacement, fc.nat(20), (change, inside) => {
        fc.pre(inside < change.rangeLength);
        const place = shiftOffset(change.rangeOffset + inside, [change]);
        expect(place).toBeGreaterThanOrEqual(change.rangeOffset);
        expect(place).toBeLessThanOrEqual(change.rangeOffset + change.text.length);
      }),
    );
  });
});
