import { describe, expect, test } from "vitest";
import {
  candidateFileNames,
  checkFolderPlaceholders,
  editableTemplate,
  hasPlaceholder,
  type PlaceholderValues,
  parseTemplate,
  portableName,
  prefillTemplate,
  resolveFormat,
  slugify,
  templateOfName,
} from "../../../src/core/files/naming.ts";

const values: PlaceholderValues = {
  prompt: "A red hut by the lake, at dawn",
  date: Date.UTC(2026, 1, 5, 12),
  size: { width: 2720, height: 1536 },
  ratio: "16:9",
  uuid: "8cc5ec48-46fa-4795-855f-9f1a66d5d5c1",
};

function firstNames(count: number, template: string, more: Partial<PlaceholderValues> = {}): string[] {
  const names = candidateFileNames(template, { ...values, ...more });
  return Array.from({ length: count }, () => names.next().value);
}

describe("The template of an existing name", () => {
  test.each(["hut", "{date}", "{n}-{slug}", "{{date}}", "{open}", "a{unknown}", "{", "}{n}{"])(
    "%s is that name",
    (name) => {
      expect(firstNames(2, templateOfName(name))).toEqual([name, `${name}-2`]);
      expect(firstNames(1, `${templateOfName(name)}-2x`)).toEqual([`${name}-2x`]);
    },
  );
});

test.each([
  ["{date}-2x", "date-2x"],
  ["{n}{slug}", "nslug"],
  ["a{unknown}", "aunknown"],
  ["{{date}}", "{{date}}"],
])("A name like %s can be edited as %s, since a typed name has placeholders only", (name, edited) => {
  const template = editableTemplate(templateOfName(name));
  expect(template).toBe(edited);
  expect(parseTemplate(template).segments).toEqual([edited]);
});

test("A template is edited with its placeholders", () => {
  expect(editableTemplate("{date}/{slug}-{n}")).toBe("{date}/{slug}-{n}");
});

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
    expect(slugify(prompt)).toBe(expected);
  });

  test("of a long prompt ends with a whole word", () => {
    expect(slugify("An elegant vintage circus dressing room moments before a performance, centered")).toBe(
      "an-elegant-vintage-circus-dressing-room-moments",
    );
  });

  test("of one very long word is cut", () => {
    expect(slugify("x".repeat(2500))).toBe("x".repeat(48));
    expect([...slugify("山".repeat(2500))]).toHaveLength(48);
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
  ])("made from %j is %j", (name, expected) => {
    expect(portableName(name)).toBe(expected);
  });

  test("fills in the placeholders of its template", () => {
    expect(firstNames(1, "{date}_{slug}_{width}x{height}_{ratio}_{uuid8}")).toEqual([
      "2026-02-05_a-red-hut-by-the-lake-at-dawn_2720x1536_16x9_8cc5ec48",
    ]);
  });

  test("has a counter from the second file on", () => {
    expect(firstNames(3, "hero")).toEqual(["hero", "hero-2", "hero-3"]);
  });

  test("has its counter where the template places it", () => {
    expect(firstNames(3, "hero-{n}-{slug}", { prompt: "hut" })).toEqual(["hero-1-hut", "hero-2-hut", "hero-3-hut"]);
  });

  test("keeps its counter even when it is too long", () => {
    for (const template of [`${"山".repeat(100)}-{n}`, "x".repeat(400), "{slug}{slug}{slug}{n}"]) {
      const names = firstNames(50, template, { prompt: "山".repeat(2500) });
      expect(new Set(names).size).toBe(50);
    }
  });

  test("is previewed with placeholders for what differs between pictures", () => {
    expect(prefillTemplate("{slug}-{n}-{uuid8}-{constructor}", values)).toBe(
      "a-red-hut-by-the-lake-at-dawn-{n}-{uuid8}-{constructor}",
    );
    expect(prefillTemplate("{date}/{open}-{width}", values)).toBe("{date}/{open}-2720");
  });

  test("keeps unknown placeholders unchanged", () => {
    expect(firstNames(1, "{constructor}-{__proto__}-{x}")).toEqual(["{constructor}-{__proto__}-{x}"]);
  });
});

describe("A name template", () => {
  test.each([
    ["hero", ["hero"], undefined],
    ["{slug}", ["{slug}"], undefined],
    ["{date}-{slug}-{n}", ["{date}-{slug}-{n}"], undefined],
    ["{ratio}{uuid8}", ["{ratio}{uuid8}"], undefined],
    ["{slug}.png", ["{slug}"], "PNG"],
    ["{slug}.JPEG", ["{slug}"], "JPG", "JPEG"],
    ["{slug}.jpg", ["{slug}"], "JPG"],
    ["{slug}.{width}x{height}", ["{slug}.{width}x{height}"], undefined],
    ["{date}/{slug}", ["{date}", "{slug}"], undefined],
    ["./{date}\\{ratio}//{slug}.webp", ["{date}", "{ratio}", "{slug}"], "WEBP"],
    ["{{cookiecutter.slug}}/{-$locale}/hero", ["{{cookiecutter.slug}}", "{-$locale}", "hero"], undefined],
  ])("may be %s", (template, segments, format, extension?: string) => {
    expect(parseTemplate(template)).toEqual({ segments, format, extension });
  });

  test.each([
    ["", /empty/],
    ["  ", /empty/],
    ["images/", /empty/],
    [".png", /empty/],
    ["{sulg}", /^\{sulg\} is not a placeholder\. Possible are \{slug\}/],
    ["{dat}/{slug}", /^\{dat\} is not a placeholder/],
    ["{constructor}", /is not a placeholder/],
    ["{open}", /^\{open\} is not a placeholder\. Possible are (?!.*\{open\})/],
    ["{}", /is not a placeholder/],
    ["{slug}.gif", /not “\.gif”/],
    ["../{slug}", /lead out/],
    ["{date}/../../{slug}", /lead out/],
  ])("may not be “%s”", (template, sentence) => {
    expect(() => parseTemplate(template)).toThrow(sentence);
  });

  test("returns folders and names, each made safe separately", () => {
    expect(firstNames(2, "{date}/{slug}")).toEqual([
      "2026-02-05/a-red-hut-by-the-lake-at-dawn",
      "2026-02-05/a-red-hut-by-the-lake-at-dawn-2",
    ]);
    expect(firstNames(2, "{n}/{slug}", { prompt: "hut" })).toEqual(["1/hut", "2/hut"]);
    expect(firstNames(1, "con/{width}:{height}/../{slug}", { prompt: "hut" })).toEqual(["_con/2720-1536/image/hut"]);
  });

  test("with a folder is previewed with that folder as a template", () => {
    expect(prefillTemplate("{date}/{slug}-{n}", values)).toBe("{date}/a-red-hut-by-the-lake-at-dawn-{n}");
  });

  test("replaces its own placeholders and keeps doubled braces", () => {
    expect([hasPlaceholder("a-{date}"), hasPlaceholder("{{date}}"), hasPlaceholder("{x}")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(firstNames(2, "{{slug}}-{{n}}")).toEqual(["{{slug}}-{{n}}", "{{slug}}-{{n}}-2"]);
    expect(() => checkFolderPlaceholders("{{x}}-{a.b}-{date}")).not.toThrow();
    expect(() => checkFolderPlaceholders("{x}")).toThrow(/is not a placeholder/);
  });

  test("is refused if it contradicts the requested format", () => {
    expect([resolveFormat("PNG", undefined), resolveFormat(undefined, "JPG"), resolveFormat("PNG", "PNG")]).toEqual([
      "PNG",
      "JPG",
      "PNG",
    ]);
    expect(resolveFormat()).toBeUndefined();
    expect(() => resolveFormat("PNG", "JPG")).toThrow("The file name ends in .png, but the format is JPG.");
  });
});
