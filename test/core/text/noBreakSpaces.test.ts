import { expect, it } from "vitest";
import { withNoBreakSpaces } from "../../../src/core/text/noBreakSpaces.ts";

it("lets lines break after separators and between words, not within a size or before a unit", () => {
  const parts = (facts: string) => withNoBreakSpaces(facts).split(" ");
  expect(parts("1200 × 630 · JPG · at most 300 kB")).toEqual([
    "1200\u00a0×\u00a0630\u00a0·",
    "JPG\u00a0·",
    "at",
    "most",
    "300\u00a0kB",
  ]);
  expect(parts("640, 1080 px wide · AVIF, WebP")).toEqual(["640,", "1080\u00a0px", "wide\u00a0·", "AVIF,", "WebP"]);
});
