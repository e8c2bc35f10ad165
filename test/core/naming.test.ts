import { describe, expect, test } from "vitest";
import { checkTemplate, fileNames, type NameParts, prefill, safeName, slug } from "../../src/core/naming.ts";

const parts: NameParts = {
  prompt: "A red hut by the lake, at dawn",
  date: Date.UTC(2026, 1, 5, 12),
  size: { width: 2720, height: 1536 },
  ratio: "16:9",
  uuid: "8cc5ec48-46fa-4795-855f-9f1a66d5d5c1",
};

function first(count: number, template: string, more: Partial<NameParts> = {}): string[] {
  const names = fileNames(template, { ...parts, ...more });
  return Array.from({ length: count }, () => names.next().value);
}

describe("A slug", () => {
  test.each([
    ["A red hut by the lake, at dawn", "a-red-hut-by-the-lake-at-dawn"],
    ["Crème brûlée à l'œuf", "creme-brulee-a-lœuf"],
    ["Ångström, Łódź & Straße", "angstrom-łodz-straße"],
    ["The cat’s pyjamas", "the-cats-pyjamas"],
    ["山の上の古い寺", "山の上の古い寺"],
    ["ガラスの城", "ガラスの城"],
    ["한국의 가을", "한국의-가을"],
    ["हिन्दी किताब", "हिन्दी-किताब"],
    ["Тихий чай", "тихий-чай"],
    ["بيت أحمر", "بيت-أحمر"],
    ["🦢 swan 🦢 lake 🦢", "swan-lake"],
    ["🦢🦢🦢", "image"],
    ["", "image"],
    ["../../etc/passwd", "etc-passwd"],
    ["ﬁne ½ print", "fine-1-2-print"],
    ["CON", "con"],
  ])("of “%s” is “%s”", (prompt, expected) => {
    expect(slug(prompt)).toBe(expected);
  });

  test("of a long prompt ends after a whole word", () => {
    expect(slug("An elegant vintage circus dressing room moments before a performance, centered")).toBe(
      "an-elegant-vintage-circus-dressing-room-moments",
    );
  });

  test("of one endless word is cut", () => {
    expect(slug("x".repeat(2500))).toBe("x".repeat(48));
    expect([...slug("山".repeat(2500))]).toHaveLength(48);
  });
});

describe("A file name", () => {
  test.each([
    ["con", "_con"],
    ["NUL.tar", "_NUL.tar"],
    ["lpt1", "_lpt1"],
    ["console", "console"],
    ["hut. . .", "hut"],
    ["..hidden", "hidden"],
    ["...", "image"],
    ["   ", "image"],
    ["a/b\\c:d*e?f", "a-b-c-d-e-f"],
    ["a\u0000b\nc", "a-b-c"],
    ["invoice\u202Egnp.exe", "invoice-gnp.exe"],
    ["cafe\u0301", "café"],
    ["\uD83D", "-"],
  ])("made of %j is %j", (name, expected) => {
    expect(safeName(name)).toBe(expected);
  });

  test("is filled in from its template", () => {
    expect(first(1, "{date}_{slug}_{width}x{height}_{ratio}_{uuid8}")).toEqual([
      "2026-02-05_a-red-hut-by-the-lake-at-dawn_2720x1536_16x9_8cc5ec48",
    ]);
  });

  test("has a counter from the second one on", () => {
    expect(first(3, "hero")).toEqual(["hero", "hero-2", "hero-3"]);
  });

  test("has its counter where the template wants it", () => {
    expect(first(3, "hero-{n}-{slug}", { prompt: "hut" })).toEqual(["hero-1-hut", "hero-2-hut", "hero-3-hut"]);
  });

  test("keeps its counter however long it is", () => {
    for (const template of [`${"山".repeat(100)}-{n}`, "x".repeat(400), "{slug}{slug}{slug}{n}"]) {
      const names = first(50, template, { prompt: "山".repeat(2500) });
      expect(new Set(names).size).toBe(50);
    }
  });

  test("is shown beforehand with what differs from picture to picture left open", () => {
    expect(prefill("{slug}-{n}-{uuid8}-{constructor}", parts)).toBe(
      "a-red-hut-by-the-lake-at-dawn-{n}-{uuid8}-{constructor}",
    );
  });

  test("leaves alone what stands for nothing", () => {
    expect(first(1, "{constructor}-{__proto__}-{x}")).toEqual(["{constructor}-{__proto__}-{x}"]);
  });
});

describe("A name template", () => {
  test.each(["hero", "{slug}", "{date}-{slug}-{n}", "{width}x{height}", "{ratio}{uuid8}"])("may be %s", (template) => {
    expect(checkTemplate(template)).toBeUndefined();
  });

  test.each([
    ["", /empty/],
    ["  ", /empty/],
    ["{sulg}", /^\{sulg\} stands for nothing\. Possible are \{slug\}/],
    ["{constructor}", /stands for nothing/],
    ["{}", /stands for nothing/],
  ])("may not be “%s”", (template, sentence) => {
    expect(checkTemplate(template)).toMatch(sentence);
  });
});
