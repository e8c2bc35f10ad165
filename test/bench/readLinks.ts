import { parser as htmlParser } from "@lezer/html";
import { parser as scriptParser } from "@lezer/javascript";
import { parser as markdownParser } from "@lezer/markdown";
import { readImageLinks } from "../../src/core/links/reading/readImageLinks.ts";
import type { Figure } from "./figure.ts";

const rounds = 15;

/** Length of a document in characters. */
const length = 1_000_000;

const sentence = "Some *words* with **emphasis**, `code` and [a link](https://example.org/x), as prose has them.\n";

/** A part of a document with an image; its number makes it differ from the others. */
const parts = {
  markdown: (number: number) =>
    `## Section ${number}\n\n${sentence.repeat(5)}\n![Picture ${number}](images/${number}.png)\n\n- one\n- two\n\n`,
  html: (number: number) =>
    `<section><h2>Title ${number}</h2><p>${sentence.repeat(5)}</p><img src="${number}.png" alt="x" width="100"></section>\n`,
  typescriptreact: (number: number) =>
    `export function C${number}({ a }: Props) {\n  const b = a.map((x) => x + 1);\n  return <div className="x"><img src="/${number}.png" alt="x" />{b}</div>;\n}\n`,
} as const;

/** A parse of the whole document by the library alone. */
const parsers = {
  markdown: markdownParser,
  html: htmlParser,
  typescriptreact: scriptParser.configure({ dialect: "ts jsx" }),
} as const;

const names = { markdown: "Markdown", html: "HTML", typescriptreact: "TypeScript with JSX" } as const;

/** Goals in milliseconds. */
const goals: Readonly<Partial<Record<keyof typeof parts, number>>> = { markdown: 50 };

/** Processor time of this thread in milliseconds: other work on the machine does not count. */
function processorTime(run: () => void): number {
  const start = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

function measure(languageId: keyof typeof parts): Figure {
  let text = "";
  for (let number = 0; text.length < length; number++) text += parts[languageId](number);
  const own: number[] = [];
  const other: number[] = [];
  // The first rounds run code that V8 has not compiled yet.
  for (let round = -3; round < rounds; round++) {
    const values = [
      processorTime(() => readImageLinks(text, languageId)),
      processorTime(() => parsers[languageId].parse(text)),
    ] as const;
    if (round >= 0) {
      own.push(values[0]);
      other.push(values[1]);
    }
  }
  const goal = goals[languageId];
  return {
    name: `Image links of 1 MB of ${names[languageId]}, processor time`,
    unit: "ms",
    own,
    other,
    counterpart: `a parse by @lezer/${languageId === "typescriptreact" ? "javascript" : languageId} alone`,
    ...(goal === undefined ? { compare: "ratio" as const } : { compare: "own" as const, goal }),
  };
}

/** Measures how long the image links of long documents take to read. */
export const measureReadLinks = async (): Promise<Figure[]> => [
  measure("markdown"),
  measure("html"),
  measure("typescriptreact"),
];
