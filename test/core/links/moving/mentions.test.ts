import { describe, expect, test } from "vitest";
import { anyMention, mentionPattern } from "../../../../src/core/links/moving/mentions.ts";

describe("The pattern for the name of an image", () => {
  test.each([
    ["hero.png", "![](img/hero.png?x)"],
    ["hero.png", "\\includegraphics{img/hero}"],
    ["hero.png", "HERO.PNG"],
    ["my hut.png", "my%20hut.png"],
    ["my hut.png", ".. image:: my\\ hut.png"],
    ["it's.png", "it&#39;s.png"],
    ["hütte 1.jpg", "h%C3%BCtte%201.jpg"],
    ["写真.png", "%E5%86%99%E7%9C%9F.png"],
    ["写真.png", "写真.png"],
    ["a.b.png", "a.b.png"],
  ])("finds %s in %s", (name, text) => {
    expect(mentionPattern([name]).test(text)).toBe(true);
    // Files are searched before their text is decoded.
    expect(mentionPattern([name]).test(Buffer.from(text).toString("latin1"))).toBe(true);
  });

  test.each([
    ["hero.png", "heroine.png hero.webp"],
    ["my hut.png", "my/house.png hut.webp"],
    ["screenshot-1.png", "1.png"],
    ["1.png", "version 1.0"],
    ["写真.png", "no image"],
  ])("does not find %s in %s", (name, text) => {
    expect(mentionPattern([name]).test(text)).toBe(false);
  });

  test.each([`${"a-".repeat(60)}a.png`, `${"é".repeat(60)}.png`, "(a).png", "a+b*c{2,9}d.png"])(
    "takes linear time for %s",
    (name) => {
      // A quantifier, of which nested or repeated ones may take exponential time.
      expect(mentionPattern([name]).source.replace("jpe?g", "")).not.toMatch(/[*+?](?!:|!)|\{/);
      expect(mentionPattern([name]).test("a".repeat(100_000))).toBe(false);
    },
  );

  test("finds one of several names, and any image if there are many", () => {
    expect(mentionPattern(["a.png", "b.png"]).test("b.png")).toBe(true);
    const many = Array.from({ length: 60 }, (_, index) => `${index}.png`);
    expect(mentionPattern(many).test("hero.png")).toBe(true);
    expect(mentionPattern(many).test("no image")).toBe(false);
    expect(anyMention.test("\\includegraphics{hero}")).toBe(true);
  });
});
