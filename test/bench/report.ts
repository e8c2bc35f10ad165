import { readFile, writeFile } from "node:fs/promises";
import { cache, root } from "../../scripts/paths.ts";
import { type Figure, judge } from "./figure.ts";
import type { Machine } from "./machine.ts";
import { figureTable } from "./table.ts";

/** The figures of one kind, and the machine they were measured on. */
export interface Section {
  readonly name: string;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
}

/** Writes `.cache/bench/figures.json`: the figures with spread and verdict. */
export async function writeFiguresJson(sections: readonly Section[]): Promise<void> {
  const judged = sections.map(({ figures, ...section }) => ({
    ...section,
    figures: figures.map((figure) => ({ ...figure, verdict: judge(figure) })),
  }));
  await writeFile(`${cache}/bench/figures.json`, `${JSON.stringify(judged, undefined, 2)}\n`);
}

const [begin, end] = ["<!-- figures: written by npm run bench -- --write -->", "<!-- end of figures -->"];

/** Returns a sentence about the machine. */
const machineSentence = ({ processor, cores, memory, fileSystem, node, vscode }: Machine): string =>
  `Measured on ${processor}, ${cores} cores, ${memory} GB, ${fileSystem}, Node ${node}, VS Code ${vscode}.`;

const today = (): string => new Date().toISOString().slice(0, 10);

const sectionMarkdown = ({ name, machine, figures }: Section): string =>
  `### ${name}\n\nMeasured on ${today()}; load of the machine before: ${machine.load}.\n\n${figureTable(figures)}`;

/** Returns the figures as Markdown. */
export const reportMarkdown = (sections: readonly Section[]): string =>
  [...sections.slice(0, 1).map(({ machine }) => machineSentence(machine)), ...sections.map(sectionMarkdown)].join(
    "\n\n",
  );

/** The sections of a page's figures by their names. */
const readSections = (figures: string): ReadonlyMap<string, string> =>
  new Map(
    figures.split(/^(?=### )/m).flatMap((text) => {
      const name = /^### (.*)$/m.exec(text)?.[1];
      return name === undefined ? [] : [[name, text.trim()]];
    }),
  );

/**
 * Replaces the measured sections in docs/performance.md and keeps the others. `names`: all
 * measurements, in their order on the page. Throws if the page lacks the markers.
 */
export async function writePerformancePage(sections: readonly Section[], names: readonly string[]): Promise<void> {
  const path = `${root}/docs/performance.md`;
  const text = await readFile(path, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for figures.`);
  const [first] = sections;
  const kept = readSections(text.slice(from + begin.length, to));
  const measured = new Map(sections.map((section) => [section.name, sectionMarkdown(section)]));
  const figures = [
    ...(first === undefined ? [] : [machineSentence(first.machine)]),
    ...names.flatMap((name) => measured.get(name) ?? kept.get(name) ?? []),
  ].join("\n\n");
  await writeFile(path, `${text.slice(0, from)}${begin}\n\n${figures}\n\n${text.slice(to)}`);
}
