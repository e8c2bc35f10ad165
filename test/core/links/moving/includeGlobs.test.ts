import { describe, expect, test } from "vitest";
import { matchesInclude } from "../../../../src/core/links/moving/includeGlobs.ts";

describe("The setting for the files that Markdown updates links to", () => {
  // The default of VS Code 1.139.
  const usual = ["**/*.{md,mkd,markdown}", "**/*.{jpg,jpe,jpeg,png,bmp,gif,ico,webp,avif,tiff,svg,mp4}"];

  test.each<readonly [string, readonly unknown[]]>([
    ["/w/docs/hut.png", usual],
    ["/w/hut.png", ["**/*.gif", "**/*.png"]],
    ["/w/hut.min.svg", ["**/*.min.svg"]],
    ["/w/hut.png", ["/w/hut.png"]],
    ["/w/hut.png", ["**"]],
    ["/w/hut.png", [{}, undefined, "**/*"]],
  ])("includes %s with %j", (path, include) => {
    expect(matchesInclude(path, include)).toBe(true);
  });

  test.each<readonly [string, unknown]>([
    ["/w/docs/hut.txt", usual],
    ["/w/xpng", ["**/*.png"]],
    ["/w/hut.png", ["{x", "[", "**/*.{}", "**/*.{png", "("]],
    ["/w/hut.png", "**/*.png"],
    ["/w/hut.png", { some: 1 }],
    ["/w/hut.png", null],
    ["/w/hut.png", [["**/*.png"], 1]],
    ["/w/hut.png", [`**/*.{${"x,".repeat(1000)}png}`]],
    ["/w/hut.png", [...Array.from({ length: 1000 }, () => "x"), "**/*.png"]],
    // As a regular expression, it would take exponential time.
    [`/${"a".repeat(200)}`, [`${"**/*a".repeat(40)}b`, "*a".repeat(100)]],
  ])("does not include %s with an unknown or invalid value", (path, include) => {
    expect(matchesInclude(path, include)).toBe(false);
  });
});
