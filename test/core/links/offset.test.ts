import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shiftOffset, type TextChange } from "../../../src/core/links/offset.ts";

/**
 * The text after an edit: changes refer to the text before, so they are applied from the last to
 * the first.
 */
const applyChanges = (text: string, changes: readonly TextChange[]): string =>
  changes
    .toSorted((one, other) => other.rangeOffset - one.rangeOffset)
    .reduce(
      (result, { rangeOffset, rangeLength, text: fresh }) =>
        result.slice(0, rangeOffset) + fresh + result.slice(rangeOffset + rangeLength),
      text,
    );

/** Marks the offset in the text; occurs nowhere else in it. */
const placeMarker = "\0";

const words = (minLength: number) =>
  fc.string({ minLength, maxLength: 6 }).map((text) => text.replaceAll(placeMarker, "_"));

/** Parts of a text, each with its replacement, if any. */
const parts = (minLength: number) =>
  fc.array(fc.record({ old: words(minLength), fresh: fc.option(words(0), { nil: undefined }) }));

/** The changes for these parts, in a text that has something before them. */
function changesOf(all: readonly { old: string; fresh: string | undefined }[], before: number): TextChange[] {
  let rangeOffset = before;
  return all.flatMap(({ old, fresh }) => {
    const change = { rangeOffset, rangeLength: old.length, text: fresh ?? "" };
    rangeOffset += old.length;
    return fresh === undefined ? [] : change;
  });
}

const textOf = (all: readonly { old: string }[]): string => all.map(({ old }) => old).join("");

describe("An offset in a text", () => {
  test("moves with edits before and behind it", () => {
    fc.assert(
      fc.property(parts(1), parts(0), fc.boolean(), (before, behind, isReversed) => {
        const place = textOf(before).length;
        // The mark shifts all text behind the offset by one; without it, the offset is between two
        // characters.
        const withMark = [...changesOf(before, 0), ...changesOf(behind, place + placeMarker.length)];
        const without = [...changesOf(before, 0), ...changesOf(behind, place)];
        const found = applyChanges(textOf(before) + placeMarker + textOf(behind), withMark).indexOf(placeMarker);
        expect(shiftOffset(place, isReversed ? without.reverse() : without)).toBe(found);
      }),
    );
  });

  test("stays before text inserted at it, and behind text inserted before it", () => {
    expect(shiftOffset(5, [{ rangeOffset: 5, rangeLength: 0, text: "\nmore" }])).toBe(5);
    expect(shiftOffset(5, [{ rangeOffset: 4, rangeLength: 0, text: "\nmore" }])).toBe(10);
  });

  test("is at the deletion if the text around it was deleted", () => {
    expect(shiftOffset(5, [{ rangeOffset: 2, rangeLength: 10, text: "" }])).toBe(2);
  });

  test("stays inside the replacement of the text around it", () => {
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
