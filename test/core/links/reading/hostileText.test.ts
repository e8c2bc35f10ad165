import { Parser } from "@lezer/common";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readLinksToImages, readScript } from "../../../../src/core/links/reading/readImageLinks.ts";

afterEach(() => vi.restoreAllMocks());

/** Counts the steps of all parsers. The clock goes on by a millisecond with each. */
function countSteps(): () => number {
  let steps = 0;
  const { startParse } = Parser.prototype;
  vi.spyOn(Parser.prototype, "startParse").mockImplementation(function (this: Parser, ...args) {
    const parse = startParse.apply(this, args);
    const advance = parse.advance.bind(parse);
    parse.advance = () => {
      steps++;
      return advance();
    };
    return parse;
  });
  vi.spyOn(performance, "now").mockImplementation(() => steps);
  return () => steps;
}

/** Code that costs a parser quadratic time, by the language of the document. */
const hostileCode: Readonly<Record<string, readonly string[]>> = {
  typescriptreact: ["*", "/[", "+", "<!--", "<?", "<", 'image-set("a.png" ', "{#if "],
  html: ["&", "<?", "<img src=", "<A b={", "<a "],
  vue: ["<script>.png /["],
  astro: ["/["],
};

/** Texts that cost careless patterns, or the parser of Markdown, quadratic time. */
const hostileText: Readonly<Record<string, readonly [length: number, units: readonly string[]]>> = {
  markdown: [6000, ["![](", "1. ", "![a](b.png)  ", '{{< a src="b.png" >}} `b` ', "<p>\n<!--"]],
  mdx: [10_000, ["*a_"]],
  html: [
    30_000,
    ["<img srcset='… …'>", "<img srcset='…,…a'>", `<img src='{{"a.png"|…a …x'>`, `<img src='{{"a.png"|a… …x'>`],
  ],
  typescriptreact: [30_000, ["<img srcSet='… …'/>"]],
  css: [80_000, ['image-set("a.png" ']],
  restructuredtext: [20_000, [".. image:: a… …b", ".. image:: a\n :alt:"]],
  asciidoc: [20_000, ["image:a[", "image:a.png[] "]],
  latex: [30_000, ["\\includegraphics[", "\\includegraphics[{"]],
};

/** The least time of the processor that two runs took, in milliseconds. */
function processorTime(run: () => void): number {
  const times = [0, 1].map(() => {
    const start = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

const rowsOf = <Value>(table: Readonly<Record<string, Value>>, units: (value: Value) => readonly string[]) =>
  Object.entries(table).flatMap(([language, value]) => units(value).map((unit) => ({ language, unit, value })));

/** Text of many equal units; with ellipses, only what is between them is repeated. */
function textOf(unit: string, characters: number): string {
  const [, before = "", repeated = unit, after = ""] = /^(.*)…(.+)…(.*)$/s.exec(unit) ?? [];
  return before + repeated.repeat(characters / repeated.length) + after;
}

describe("A hostile document", () => {
  test.each(rowsOf(hostileCode, (units) => units))(
    "in $language of many $unit takes no more steps than the time allows",
    ({ language, unit }) => {
      const run = unit.repeat(6000 / unit.length);
      const steps = countSteps();
      readLinksToImages(language === "astro" ? `---\n${run}\n---\n` : run, language);
      // Two readers have 512 milliseconds each, and some steps to finish.
      expect(steps()).toBeLessThan(1200);
    },
  );

  test.each(rowsOf(hostileText, ([, units]) => units))(
    "in $language of many $unit takes time that grows as its length does",
    ({ language, unit, value: [length] }) => {
      const timeOf = (characters: number) => {
        return processorTime(() => readLinksToImages(textOf(unit, characters), language));
      };
      // Quadratic time would be 16 times as much. Short times have an error of milliseconds.
      expect(timeOf(4 * length)).toBeLessThan(10 * Math.max(timeOf(length), 5));
    },
  );

  test("of code in attributes takes hardly more time than one of text", () => {
    const timeOf = (start: string) => {
      const text = `<img src='${start}${"a".repeat(90)}${" ".repeat(180)}x' >`.repeat(100);
      return processorTime(() => readLinksToImages(text, "html"));
    };
    expect(timeOf('{{"a.png"|')).toBeLessThan(10 * Math.max(timeOf("a.png "), 5));
  });

  test("that is a configuration takes its time only once", () => {
    const config = "*".repeat(3000);
    const steps = countSteps();
    readScript(config);
    const first = steps();
    // A text that is equal, as if the file was read again.
    readScript("*".repeat(3000));
    expect([first > 900, steps()]).toEqual([true, first]);
  });

  test.each([
    ["typescriptreact", "const a = './hut.png';\n", "/["],
    ["html", "<img src='hut.png'>", "<img src="],
    ["astro", "---\nconst a = './hut.png';\n", "*"],
    ["mdx", "![](hut.png)\n\nexport const a = ", "/["],
  ])("in %s is read up to the part that takes long", (language, start, unit) => {
    countSteps();
    const links = readLinksToImages(`${start}${unit.repeat(6000 / unit.length)}\n---\n`, language);
    expect(links[0]?.path).toMatch(/hut\.png$/);
  });
});
