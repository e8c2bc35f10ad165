// npm run bench [-- --only <name>]… [-- --write]: measures, prints tables and writes
// .cache/bench/figures.json. With --write, the tables of these parts replace those in
// docs/performance.md. A part that fails does not stop the others.
import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { cache } from "../../scripts/paths.ts";
import { measureActivation } from "./activation.ts";
import { measureBytes } from "./bytes.ts";
import { measureExports } from "./exports.ts";
import { type Figure, judge } from "./figure.ts";
import { measureDecoder } from "./host/decoder.ts";
import { measureManyPictures } from "./host/manyPictures.ts";
import { measurePanelOpening } from "./host/panelOpening.ts";
import { measureHost } from "./host/windows.ts";
import { measureLastByte } from "./lastByte.ts";
import { readMachine } from "./machine.ts";
import { measureMemory } from "./memory.ts";
import { measurePickUp } from "./pickup.ts";
import { measurePipeline } from "./pipeline.ts";
import { measurePolls } from "./polls.ts";
import { measureReadLinks } from "./readLinks.ts";
import { measureRelease } from "./release.ts";
import { reportMarkdown, type Section, writeFiguresJson, writePerformancePage } from "./report.ts";
import { measureTyping } from "./typing.ts";

/** All measurements, by their name for `--only`. */
const measures = {
  pipeline: measurePipeline,
  lastByte: measureLastByte,
  memory: measureMemory,
  pickup: measurePickUp,
  polls: measurePolls,
  release: measureRelease,
  readLinks: measureReadLinks,
  typing: measureTyping,
  host: measureHost,
  activation: measureActivation,
  panel: measurePanelOpening,
  decoder: measureDecoder,
  exports: measureExports,
  manyPictures: measureManyPictures,
  bytes: measureBytes,
} as const satisfies Readonly<Record<string, () => Promise<Figure[]>>>;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: "string", multiple: true }, write: { type: "boolean", default: false } },
  });
  const selected = Object.entries(measures).filter(([name]) => values.only?.includes(name) ?? true);
  if (selected.length === 0) {
    throw new Error(`No measurement has that name. Names: ${Object.keys(measures).join(", ")}.`);
  }
  await mkdir(`${cache}/bench`, { recursive: true });
  const sections: Section[] = [];
  for (const [name, measure] of selected) {
    process.stderr.write(`Measuring: ${name}…\n`);
    const machine = readMachine();
    try {
      sections.push({ name, machine, figures: await measure() });
    } catch (error) {
      process.stderr.write(`${name} failed: ${messageOf(error)}\n`);
      process.exitCode = 1;
    }
  }
  await writeFiguresJson(sections);
  process.stdout.write(`${reportMarkdown(sections)}\n`);
  if (values.write) {
    await writePerformancePage(sections, Object.keys(measures));
  }
  const missed = sections.flatMap(({ figures }) => figures).filter((figure) => judge(figure).met === false);
  process.stdout.write(`\n${missed.length} goals missed.\n`);
}

try {
  await bench();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
